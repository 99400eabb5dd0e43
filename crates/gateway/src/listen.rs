//! Where clients come in: binding, accepting, and the limits that hold before anybody has logged in.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use model::Sqlstate;
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::watch;

use crate::gate::Gate;
use crate::peer::{Peer, Room};
use crate::refused::RefusedOne;
use crate::settings::{ListenAddress, Listener};
use crate::stream::Plain;
use crate::worker::{Arrival, Loose, Workers};

/// Connections that the system keeps for us until we accept them.
const BACKLOG: u32 = 4096;

/// After a failed accept (no file descriptors left, say) the listener waits this long, or it would spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A listener that is bound.
#[derive(Debug)]
pub struct Bound {
    listener: Arc<Listener>,
    socket: Socket,
}

#[derive(Debug)]
enum Socket {
    Tcp(TcpListener),
    Unix(UnixListener),
}

/// Places beyond `sessions_max` for connections that only cancel, or hear that there is no room: whoever has
/// filled the gate must still be able to stop what runs.
const SPARE_PLACES: usize = 64;

/// Connections per address that have not logged in yet.
#[derive(Debug, Default)]
struct Lobby {
    waiting: Mutex<HashMap<IpAddr, usize>>,
}

/// A place in the lobby, given back when dropped.
pub(crate) struct Waiting {
    lobby: Arc<Lobby>,
    address: Option<IpAddr>,
}

impl Bound {
    /// Binds a listener's address.
    ///
    /// # Errors
    /// When the system refuses: the address is taken or not ours.
    pub fn bind(listener: Arc<Listener>) -> io::Result<Self> {
        let socket = match &listener.address {
            ListenAddress::Tcp(address) => {
                let socket = if address.is_ipv6() {
                    tokio::net::TcpSocket::new_v6()
                } else {
                    tokio::net::TcpSocket::new_v4()
                }?;
                socket.set_reuseaddr(true)?;
                socket.bind(*address)?;
                Socket::Tcp(socket.listen(BACKLOG)?)
            }
            ListenAddress::Unix(path) => Socket::Unix(bind_unix(path)?),
        };
        Ok(Self { listener, socket })
    }

    /// The address that it listens on: the port too, when the system chose it.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.socket {
            Socket::Tcp(socket) => {
                socket.local_addr().map_or_else(|_| self.listener.address.to_string(), |a| a.to_string())
            }
            Socket::Unix(_) => self.listener.address.to_string(),
        }
    }

    async fn accept(&self) -> io::Result<(Plain, Peer)> {
        match &self.socket {
            Socket::Tcp(socket) => {
                let (stream, address) = socket.accept().await?;
                Ok((Plain::tcp(stream)?, Peer::Tcp(address)))
            }
            Socket::Unix(socket) => {
                let (stream, _) = socket.accept().await?;
                Ok((Plain::Unix(stream), Peer::Unix))
            }
        }
    }
}

/// A socket file that nobody listens on any more is removed; one that somebody does is an error.
fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    if let Ok(found) = std::fs::symlink_metadata(path) {
        if !found.file_type().is_socket() {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "something that is no socket is in the way",
            ));
        }
        match std::os::unix::net::UnixStream::connect(path) {
            Ok(_) => return Err(io::ErrorKind::AddrInUse.into()),
            Err(_) => std::fs::remove_file(path)?,
        }
    }
    let listener = UnixListener::bind(path)?;
    // Whoever can reach the folder may connect and has to log in, as with PostgreSQL's own socket.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777))?;
    Ok(listener)
}

/// Accepts until told to stop.
pub(crate) async fn serve(
    gate: Arc<Gate>,
    bound: Bound,
    workers: Arc<Workers>,
    mut stop: watch::Receiver<bool>,
) {
    let lobby = Arc::new(Lobby::default());
    while !*stop.borrow() {
        tokio::select! {
            accepted = bound.accept() => match accepted {
                Ok((stream, peer)) => admit(&gate, &bound, &lobby, &workers, stream, peer),
                Err(error) => {
                    tracing::warn!(%error, listener = %bound.listener.name, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
    if let (Socket::Unix(_), ListenAddress::Unix(path)) = (&bound.socket, &bound.listener.address) {
        let _ = std::fs::remove_file(path);
    }
}

fn admit(gate: &Arc<Gate>, bound: &Bound, lobby: &Arc<Lobby>, workers: &Workers, stream: Plain, peer: Peer) {
    let limits = &gate.settings().limits;
    let refuse = |reason| {
        let address = peer.ip().map_or_else(|| "unix".to_owned(), |ip| ip.to_string());
        gate.refused(RefusedOne {
            address,
            principal: None,
            target: None,
            code: Sqlstate::new(b"53300"),
            reason,
        });
    };
    // Too many: the connection is closed without a word, since a word would cost what the limit saves.
    let Some(waiting) = lobby.enter(peer.ip(), limits.logins_per_address_max) else {
        return refuse("limit logins_per_address_max");
    };
    let most = gate.sessions_max(limits);
    let (place, room) = match gate.registry.place(most) {
        Some(place) => (place, Room::Session),
        None => match gate.registry.place(most.saturating_add(SPARE_PLACES)) {
            Some(place) => (place, Room::Cancel),
            None => return refuse("limit sessions_max"),
        },
    };
    let (gate, listener) = (Arc::clone(gate), Arc::clone(&bound.listener));
    match Loose::from_plain(stream) {
        Ok(stream) => {
            workers.hand_over(Arrival { gate, listener, stream, peer, place: (place, room), waiting });
        }
        Err(error) => tracing::warn!(%error, "a connection could not be served"),
    }
}

impl Lobby {
    fn enter(self: &Arc<Self>, address: Option<IpAddr>, most: usize) -> Option<Waiting> {
        if let Some(address) = address {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let count = waiting.entry(address).or_default();
            if *count >= most {
                return None;
            }
            *count = count.saturating_add(1);
        }
        Some(Waiting { lobby: Arc::clone(self), address })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut waiting = self.lobby.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = waiting.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                waiting.remove(&address);
            }
        }
    }
}
