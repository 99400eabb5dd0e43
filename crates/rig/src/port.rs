//! Free TCP ports on the loopback address.

use std::net::{Ipv4Addr, TcpListener};

use crate::Result;
use crate::error::Context;

/// A port of 127.0.0.1 that is free now. Another process may take it before it is used: whoever uses it tries again.
///
/// # Errors
/// When the machine has no free port.
pub fn free() -> Result<u16> {
    number(&listen()?)
}

/// The same for two ports. Of ports that are let go one after the other the second may be the first again.
///
/// # Errors
/// When the machine has no free ports.
pub fn two() -> Result<(u16, u16)> {
    let (one, other) = (listen()?, listen()?);
    Ok((number(&one)?, number(&other)?))
}

fn listen() -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context(|| "cannot find a free port".into())
}

fn number(listener: &TcpListener) -> Result<u16> {
    Ok(listener.local_addr().context(|| "cannot find a free port".into())?.port())
}

/// `wanted` if it is free now, else another free port.
///
/// # Errors
/// When the machine has no free port.
pub fn prefer(wanted: u16) -> Result<u16> {
    if is_free(wanted) { Ok(wanted) } else { free() }
}

/// Whether nobody listens on this port of 127.0.0.1 now.
#[must_use]
pub fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_not_preferred() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(!is_free(port));
        assert_ne!(prefer(port).unwrap(), port);
        let (one, other) = two().unwrap();
        assert_ne!(one, other);
    }
}
