//! A small raw client: it sends exactly the bytes that a test wants and shows exactly the messages that come back.
//!
//! It waits at most [`PATIENCE`] for an answer, so that a gate that hangs is a failed test.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use wire::auth::channel_binding;
use wire::postgres::backend::Message;
use wire::postgres::encode;
use wire::postgres::frame::{HEADER_BYTES, peek};

use crate::canary::Ear;
use crate::login::Conversation;
pub(crate) use crate::login::{Login, trust};
use crate::packet::{Answer, Packet, Report};

/// How long an answer may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) trait Stream: Read + Write + Send {
    fn limit(&self, limit: Duration);
    fn half_close(&mut self);
}

/// A connection.
pub(crate) struct Client {
    pub(crate) stream: Box<dyn Stream>,
    /// What came and was not looked at yet.
    bytes: Vec<u8>,
    /// The server certificate's binding for SCRAM.
    binding: Option<Vec<u8>>,
    /// All messages of the log-in.
    pub(crate) login: Answer,
    /// The SASL mechanism that was used.
    pub(crate) mechanism: Option<String>,
    /// The cancel key.
    pub(crate) key: (u32, Vec<u8>),
    /// What it was sent.
    pub(crate) ear: Ear,
}

impl Stream for TcpStream {
    fn limit(&self, limit: Duration) {
        self.set_read_timeout(Some(limit)).unwrap();
        self.set_write_timeout(Some(limit)).unwrap();
    }

    fn half_close(&mut self) {
        let _ = self.shutdown(std::net::Shutdown::Write);
    }
}

impl Stream for UnixStream {
    fn limit(&self, limit: Duration) {
        self.set_read_timeout(Some(limit)).unwrap();
        self.set_write_timeout(Some(limit)).unwrap();
    }

    fn half_close(&mut self) {
        let _ = self.shutdown(std::net::Shutdown::Write);
    }
}

impl Stream for rustls::StreamOwned<rustls::ClientConnection, TcpStream> {
    fn limit(&self, limit: Duration) {
        self.sock.limit(limit);
    }

    fn half_close(&mut self) {
        self.conn.send_close_notify();
        let _ = self.flush();
    }
}

impl Client {
    /// Any connected stream.
    pub(crate) fn over(stream: impl Stream + 'static) -> Self {
        stream.limit(PATIENCE);
        Self {
            stream: Box::new(stream),
            bytes: Vec::new(),
            binding: None,
            login: Answer::default(),
            mechanism: None,
            key: (0, Vec::new()),
            ear: Ear::new(),
        }
    }

    /// Plain TCP.
    pub(crate) fn tcp(address: impl ToSocketAddrs) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self::over(stream)
    }

    /// A Unix socket.
    pub(crate) fn unix(path: &Path) -> Self {
        Self::over(UnixStream::connect(path).unwrap())
    }

    /// TCP, SSLRequest, TLS.
    pub(crate) fn tls(address: impl ToSocketAddrs, config: Arc<rustls::ClientConfig>) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.limit(PATIENCE);
        let mut request = Vec::new();
        encode::ssl_request(&mut request);
        stream.write_all(&request).unwrap();
        let mut answer = [0];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"S", "the listener has TLS");
        Self::handshake(stream, config).expect("a TLS handshake")
    }

    /// TCP and TLS at once.
    pub(crate) fn direct_tls(
        address: impl ToSocketAddrs,
        config: Arc<rustls::ClientConfig>,
    ) -> io::Result<Self> {
        Self::handshake(TcpStream::connect(address).unwrap(), config)
    }

    /// TLS on a stream that is ready for it.
    pub(crate) fn handshake(mut stream: TcpStream, config: Arc<rustls::ClientConfig>) -> io::Result<Self> {
        stream.set_nodelay(true).unwrap();
        stream.limit(PATIENCE);
        let name = ServerName::try_from("localhost").unwrap();
        let mut connection = rustls::ClientConnection::new(config, name).unwrap();
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        let certificate = connection.peer_certificates().unwrap()[0].to_vec();
        let mut client = Self::over(rustls::StreamOwned::new(connection, stream));
        client.binding = channel_binding(&certificate).ok();
        Ok(client)
    }

    /// May see everything, or is not behind the gate.
    pub(crate) fn pardoned(mut self) -> Self {
        self.ear.pardon();
        self
    }

    /// Does not bind the channel, as an old client.
    pub(crate) fn without_binding(mut self) -> Self {
        self.binding = None;
        self
    }

    /// Logs in; the answer's messages up to ReadyForQuery are kept in `login`.
    pub(crate) fn log_in(mut self, login: &Login) -> Result<Self, Report> {
        self.send(&login.bytes());
        let mut conversation = Conversation::default();
        loop {
            let Some(packet) = self.read() else {
                return Err(Report { message: "closed without a word".into(), ..Report::default() });
            };
            if packet.tag == b'E' {
                return Err(packet.report().unwrap());
            }
            if let Message::Authentication(request) = packet.message() {
                let answer = conversation.answer(request, &login.secret, self.binding.as_deref());
                self.mechanism = conversation.mechanism.clone();
                self.send(&answer);
            }
            if let Message::BackendKeyData { process_id, secret } = packet.message() {
                self.key = (process_id, secret.to_vec());
            }
            let ready = packet.tag == b'Z';
            self.login.0.push(packet);
            if ready {
                return Ok(self);
            }
        }
    }

    /// Sends bytes as they are. That the other side is gone shows when reading.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
        let _ = self.stream.flush();
    }

    /// Sends what `write` encodes.
    pub(crate) fn say(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let mut out = Vec::new();
        write(&mut out);
        self.send(&out);
    }

    /// The next message; `None` when the other side closed.
    pub(crate) fn read(&mut self) -> Option<Packet> {
        loop {
            let header = peek(&self.bytes).expect("a frame");
            if let Some(header) = header
                && self.bytes.len() >= header.total()
            {
                let body = self.bytes[HEADER_BYTES..header.total()].to_vec();
                self.bytes.drain(..header.total());
                return Some(Packet { tag: header.tag, body });
            }
            if self.more() == 0 {
                assert!(self.bytes.is_empty(), "the stream ended inside of a message");
                return None;
            }
        }
    }

    /// Reads once; how many bytes came. A reset is an end as well.
    fn more(&mut self) -> usize {
        let mut piece = vec![0; 64 * 1024];
        match self.stream.read(&mut piece) {
            Ok(read) => {
                self.ear.hear(&piece[..read]);
                self.bytes.extend_from_slice(&piece[..read]);
                read
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                panic!("no answer within {} s; unread: {:?}", PATIENCE.as_secs(), self.bytes)
            }
            Err(_) => 0,
        }
    }

    /// All messages up to a ReadyForQuery, or to the end.
    pub(crate) fn ready(&mut self) -> Answer {
        self.until(b'Z')
    }

    /// All messages up to the first of this tag, or to the end.
    pub(crate) fn until(&mut self, tag: u8) -> Answer {
        let mut answer = Answer::default();
        while let Some(packet) = self.read() {
            let last = packet.tag == tag;
            answer.0.push(packet);
            if last {
                break;
            }
        }
        answer
    }

    /// All messages until the other side closes.
    pub(crate) fn rest(&mut self) -> Answer {
        let mut answer = Answer::default();
        while let Some(packet) = self.read() {
            answer.0.push(packet);
        }
        answer
    }

    /// All bytes until the other side closes.
    pub(crate) fn raw_rest(&mut self) -> Vec<u8> {
        while self.more() > 0 {}
        std::mem::take(&mut self.bytes)
    }

    /// A simple query and its whole answer.
    pub(crate) fn query(&mut self, text: &str) -> Answer {
        self.say(|out| encode::query(out, text.as_bytes()).unwrap());
        self.ready()
    }

    /// A simple query's whole answer in one line.
    pub(crate) fn line(&mut self, text: &str) -> String {
        self.query(text).line()
    }

    /// A setting as the log-in reported it.
    pub(crate) fn report(&self, wanted: &str) -> Option<String> {
        self.login.0.iter().find_map(|packet| match packet.message() {
            Message::ParameterStatus { name, value } if name == wanted.as_bytes() => {
                Some(String::from_utf8_lossy(value).into_owned())
            }
            _ => None,
        })
    }

    /// Says good-bye and waits until the gate has closed.
    pub(crate) fn bye(mut self) {
        self.say(encode::terminate);
        assert_eq!(self.rest().line(), "");
    }
}
