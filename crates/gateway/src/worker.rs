//! The threads that sessions live on: one per core, each with a reactor of its own.
//!
//! A session stays on the thread that it was given, so neither its sockets nor its wake-ups ever cross cores, and
//! no thread looks for work in another's queue. A new session goes to the thread with the fewest.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinError, JoinSet};

use crate::gate::Gate;
use crate::listen::Waiting;
use crate::peer::{Peer, Room};
use crate::registry::Place;
use crate::session;
use crate::settings::Listener;
use crate::stream::Plain;

/// A connection on its way to a thread.
pub(crate) struct Arrival {
    pub(crate) gate: Arc<Gate>,
    pub(crate) listener: Arc<Listener>,
    pub(crate) stream: Loose,
    pub(crate) peer: Peer,
    pub(crate) place: (Place, Room),
    pub(crate) waiting: Waiting,
}

/// A stream that belongs to no reactor.
pub(crate) enum Loose {
    Tcp(std::net::TcpStream),
    Unix(UnixStream),
}

/// All threads. When the last holder drops it, each thread ends with its last session.
#[derive(Debug)]
pub(crate) struct Workers(Vec<Worker>);

#[derive(Debug)]
struct Worker {
    arrivals: mpsc::UnboundedSender<Arrival>,
    /// Sessions on the thread or on their way to it.
    sessions: Arc<AtomicUsize>,
}

/// Tells when a thread has ended.
pub(crate) type Ended = oneshot::Receiver<()>;

impl Workers {
    /// Starts `count` threads.
    ///
    /// # Errors
    /// When the system gives no thread or no reactor.
    pub(crate) fn start(count: usize) -> io::Result<(Self, Vec<Ended>)> {
        let mut workers = Vec::new();
        let mut ends = Vec::new();
        for number in 0..count.max(1) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let (arrivals, queue) = mpsc::unbounded_channel();
            let sessions = Arc::new(AtomicUsize::new(0));
            let (end, ended) = oneshot::channel();
            let count = Arc::clone(&sessions);
            std::thread::Builder::new().name(format!("session-{number}")).spawn(move || {
                runtime.block_on(work(queue, &count));
                drop(end);
            })?;
            workers.push(Worker { arrivals, sessions });
            ends.push(ended);
        }
        Ok((Self(workers), ends))
    }

    /// Hands a connection over. What waits in the queue is bounded by the places that sessions need.
    pub(crate) fn hand_over(&self, arrival: Arrival) {
        let Some(worker) = self.0.iter().min_by_key(|worker| worker.sessions.load(Ordering::Relaxed)) else {
            return;
        };
        worker.sessions.fetch_add(1, Ordering::Relaxed);
        if worker.arrivals.send(arrival).is_err() {
            tracing::error!(
                "a thread for sessions has ended: this is a bug of the gate; the connection was closed"
            );
        }
    }
}

/// A thread's life: until nothing can arrive any more and the last session has ended.
async fn work(mut queue: mpsc::UnboundedReceiver<Arrival>, count: &AtomicUsize) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            arrival = queue.recv() => match arrival {
                Some(arrival) => begin(&mut sessions, arrival, count),
                None => break,
            },
            Some(ended) = sessions.join_next(), if !sessions.is_empty() => report(&ended, count),
        }
    }
    while let Some(ended) = sessions.join_next().await {
        report(&ended, count);
    }
}

fn begin(sessions: &mut JoinSet<()>, arrival: Arrival, count: &AtomicUsize) {
    let Arrival { gate, listener, stream, peer, place, waiting } = arrival;
    match stream.tie() {
        Ok(stream) => {
            sessions.spawn(session::serve(gate, listener, stream, peer, place, waiting));
        }
        Err(error) => {
            count.fetch_sub(1, Ordering::Relaxed);
            tracing::warn!(%error, "a connection could not be served");
        }
    }
}

fn report(ended: &Result<(), JoinError>, count: &AtomicUsize) {
    count.fetch_sub(1, Ordering::Relaxed);
    if let Err(error) = ended {
        tracing::error!(%error, "a session's task failed: this is a bug of the gate; the session was closed and recorded");
    }
}

impl Loose {
    /// Takes a stream from the reactor that it was accepted on.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn from_plain(stream: Plain) -> io::Result<Self> {
        match stream {
            Plain::Tcp(stream) => stream.into_std().map(Self::Tcp),
            Plain::Unix(stream) => stream.into_std().map(Self::Unix),
        }
    }

    /// Ties it to the reactor of this thread.
    fn tie(self) -> io::Result<Plain> {
        match self {
            Self::Tcp(stream) => tokio::net::TcpStream::from_std(stream).map(Plain::Tcp),
            Self::Unix(stream) => tokio::net::UnixStream::from_std(stream).map(Plain::Unix),
        }
    }
}
