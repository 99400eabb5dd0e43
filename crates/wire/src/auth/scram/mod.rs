//! SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677; manual, section 54.3), both sides.
//!
//! A conversation is one struct per state; each step consumes the state, and the last one is a proof that cannot be
//! made otherwise. Nonces are arguments. Secrets are compared in constant time and wiped when dropped.

mod client;
mod keys;
mod server;
mod text;
mod verifier;

use std::fmt;

use model::Sqlstate;

pub use client::{Binding, ClientFinal, ClientFirst, ClientVerify, ServerProved, choose};
pub use keys::{ClientKeys, ITERATIONS, ITERATIONS_MAX};
pub use server::{ServerFinal, ServerFirst, Verified};
pub use text::Nonce;
pub use verifier::{Verifier, VerifierError};

/// A mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// `SCRAM-SHA-256`.
    Sha256,
    /// `SCRAM-SHA-256-PLUS`: bound to the TLS connection.
    Sha256Plus,
}

/// Why a conversation fails. It never carries a secret or what the peer sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScramError {
    /// A message is not what RFC 5802 asks for; says what.
    Malformed(&'static str),
    /// The client speaks for another identity than it logs in as.
    AuthorizationIdentity,
    /// The message has an extension that must be understood, and is not.
    Extension,
    /// The client binds the channel without PLUS, or the other way round, or in a way that is not known.
    Binding(&'static str),
    /// The client can bind the channel and believes that we did not offer it: somebody took the offer away.
    Downgrade,
    /// The channel is not the one that the client sees: somebody is in between.
    OtherChannel,
    /// The nonce is not the one of this conversation.
    Nonce,
    /// The secret is wrong, or the principal is unknown.
    Proof,
    /// The server asks for no iterations, or for more than [`ITERATIONS_MAX`].
    Iterations,
    /// The server says that the log-in failed.
    Refused,
    /// The server does not know the secret either: it is not the one that we mean.
    Impostor,
}

impl Mechanism {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "SCRAM-SHA-256",
            Self::Sha256Plus => "SCRAM-SHA-256-PLUS",
        }
    }

    /// Reads the name.
    #[must_use]
    pub fn parse(name: &[u8]) -> Option<Self> {
        [Self::Sha256, Self::Sha256Plus].into_iter().find(|mechanism| mechanism.as_str().as_bytes() == name)
    }
}

impl ScramError {
    /// The code that the server gives for it.
    #[must_use]
    pub const fn sqlstate(self) -> Sqlstate {
        match self {
            Self::Proof => Sqlstate::new(b"28P01"),
            Self::Downgrade | Self::OtherChannel | Self::Refused | Self::Impostor => Sqlstate::new(b"28000"),
            Self::AuthorizationIdentity | Self::Extension => Sqlstate::new(b"0A000"),
            Self::Malformed(_) | Self::Binding(_) | Self::Nonce | Self::Iterations => Sqlstate::new(b"08P01"),
        }
    }
}

impl fmt::Display for ScramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => write!(f, "malformed SCRAM message: {what}"),
            Self::AuthorizationIdentity => f.write_str("client uses authorization identity, but it is not supported"),
            Self::Extension => f.write_str("the SCRAM message requires an unsupported extension"),
            Self::Binding(what) => write!(f, "SCRAM channel binding negotiation error: {what}"),
            Self::Downgrade => f.write_str(
                "SCRAM channel binding negotiation error: the client supports channel binding but thinks the server does not",
            ),
            Self::OtherChannel => f.write_str("SCRAM channel binding check failed"),
            Self::Nonce => f.write_str("the SCRAM nonce does not match"),
            Self::Proof => f.write_str("password authentication failed"),
            Self::Iterations => write!(f, "the server asks for a SCRAM iteration count outside of 1 to {ITERATIONS_MAX}"),
            Self::Refused => f.write_str("the server refused the SCRAM log-in"),
            Self::Impostor => f.write_str("the server could not prove that it knows the password"),
        }
    }
}

impl std::error::Error for ScramError {}

#[cfg(test)]
mod tests;
