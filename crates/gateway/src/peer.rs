//! Where a client is.

use std::net::SocketAddr;

/// The client's address.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Peer {
    /// TCP.
    Tcp(SocketAddr),
    /// A Unix socket.
    Unix,
}

/// What there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// A session.
    Session,
    /// A cancel request only.
    Cancel,
}

impl Peer {
    pub(crate) fn ip(self) -> Option<std::net::IpAddr> {
        match self {
            Self::Tcp(address) => Some(address.ip().to_canonical()),
            Self::Unix => None,
        }
    }
}

impl std::fmt::Display for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tcp(address) => SocketAddr::new(address.ip().to_canonical(), address.port()).fmt(f),
            Self::Unix => f.write_str("unix"),
        }
    }
}
