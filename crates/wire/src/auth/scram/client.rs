//! The client's side: the gate proves itself to a server, and the server to the gate.
//!
//! [`ClientFirst`] waits for the server's first message, [`ClientFinal`] for the keys, [`ClientVerify`] for the server's
//! proof, and [`ServerProved`] says that it was good.

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::keys::{ClientKeys, ITERATIONS_MAX, hmac, xor};
use super::text::{Nonce, attribute, decode, decode_32, encode, text};
use super::{Mechanism, ScramError};

/// What the client says of channel binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// It cannot: there is no TLS, or the certificate gives no binding.
    No,
    /// It could, and the server did not offer it. A server that did knows then that somebody took the offer away.
    NotOffered,
    /// It does, to the server's certificate ([`crate::auth::channel_binding`]).
    EndPoint(Vec<u8>),
}

/// Waits for the server's first message.
#[derive(Debug)]
pub struct ClientFirst {
    binding: Binding,
    nonce: String,
    bare: String,
}

/// Waits for the keys of the password for the salt and the iterations that the server named.
#[derive(Debug)]
pub struct ClientFinal {
    salt: Vec<u8>,
    iterations: u32,
    /// `c=…,r=…`, the final message without its proof.
    unproved: String,
    /// All that both proofs cover.
    transcript: String,
}

/// Waits for the server's proof.
pub struct ClientVerify {
    expected: Zeroizing<[u8; 32]>,
}

/// The server knows the secret too. Only [`ClientVerify::server_final`] makes one.
#[derive(Debug)]
#[must_use]
pub struct ServerProved(());

/// Chooses among a server's mechanisms: PLUS when it is offered and the certificate gives a binding. `None`: no SCRAM.
pub fn choose<'a>(
    offered: impl IntoIterator<Item = &'a [u8]>,
    end_point: Option<Vec<u8>>,
) -> Option<(Mechanism, Binding)> {
    let offered: Vec<Mechanism> = offered.into_iter().filter_map(Mechanism::parse).collect();
    let plus = offered.contains(&Mechanism::Sha256Plus);
    match end_point {
        Some(end_point) if plus => Some((Mechanism::Sha256Plus, Binding::EndPoint(end_point))),
        Some(_) if offered.contains(&Mechanism::Sha256) => Some((Mechanism::Sha256, Binding::NotOffered)),
        None if offered.contains(&Mechanism::Sha256) => Some((Mechanism::Sha256, Binding::No)),
        _ => None,
    }
}

impl ClientFirst {
    /// Begins; gives the first message (SASLInitialResponse). The user name in it is empty, as libpq's: PostgreSQL takes
    /// the start-up message's.
    #[must_use]
    pub fn new(binding: Binding, nonce: &Nonce) -> (Self, String) {
        Self::named(binding, "", nonce)
    }

    pub(super) fn named(binding: Binding, user: &str, nonce: &Nonce) -> (Self, String) {
        let nonce = nonce.as_str().to_owned();
        let bare = format!("n={user},r={nonce}");
        let message = format!("{}{bare}", binding.header());
        (Self { binding, nonce, bare }, message)
    }

    /// Takes the server's first message (AuthenticationSASLContinue).
    ///
    /// # Errors
    /// When it is malformed, answers another conversation, or asks for too many iterations.
    pub fn server_first(self, message: &[u8]) -> Result<ClientFinal, ScramError> {
        let message = text(message)?;
        if message.starts_with("m=") {
            return Err(ScramError::Extension);
        }
        let (nonce, rest) = attribute(message, 'r', "the nonce is missing")?;
        let (salt, rest) = attribute(rest.unwrap_or_default(), 's', "the salt is missing")?;
        let (iterations, rest) = attribute(rest.unwrap_or_default(), 'i', "the iterations are missing")?;
        if rest.is_some() {
            return Err(ScramError::Malformed("bytes follow the iterations"));
        }
        // The server must add to the nonce, else it could replay an old conversation.
        if Nonce::parse(nonce).is_none() || nonce == self.nonce || !nonce.starts_with(&self.nonce) {
            return Err(ScramError::Nonce);
        }
        if iterations.is_empty() || !iterations.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ScramError::Malformed("the iterations are no number"));
        }
        let iterations = iterations.parse().ok().filter(|count| (1..=ITERATIONS_MAX).contains(count));
        let iterations = iterations.ok_or(ScramError::Iterations)?;
        let unproved = format!("c={},r={nonce}", encode(&self.binding.bytes()));
        let transcript = format!("{},{message},{unproved}", self.bare);
        Ok(ClientFinal { salt: decode(salt)?, iterations, unproved, transcript })
    }
}

impl ClientFinal {
    /// The salt that the keys must be derived with.
    #[must_use]
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// The iterations that the keys must be derived with: 1 to [`ITERATIONS_MAX`].
    #[must_use]
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// Gives the proof (SASLResponse). Keys of another salt give a proof that the server refuses.
    #[must_use]
    pub fn answer(self, keys: &ClientKeys) -> (ClientVerify, String) {
        let transcript = [self.transcript.as_bytes()];
        let stored = keys.stored();
        let proof = xor(&keys.client, &hmac(&stored, &transcript));
        let expected = Zeroizing::new(hmac(&keys.server, &transcript));
        (ClientVerify { expected }, format!("{},p={}", self.unproved, encode(&proof)))
    }
}

impl ClientVerify {
    /// Takes the server's last message (AuthenticationSASLFinal).
    ///
    /// # Errors
    /// When the server refuses, cannot prove that it knows the secret, or sends something else.
    pub fn server_final(self, message: &[u8]) -> Result<ServerProved, ScramError> {
        let message = text(message)?;
        if message.starts_with("e=") {
            return Err(ScramError::Refused);
        }
        let (signature, rest) = attribute(message, 'v', "the server's proof is missing")?;
        if rest.is_some() {
            return Err(ScramError::Malformed("bytes follow the server's proof"));
        }
        let good = decode_32(signature)?.ct_eq(&*self.expected);
        if bool::from(good) { Ok(ServerProved(())) } else { Err(ScramError::Impostor) }
    }
}

impl Binding {
    fn header(&self) -> &'static str {
        match self {
            Self::No => "n,,",
            Self::NotOffered => "y,,",
            Self::EndPoint(_) => "p=tls-server-end-point,,",
        }
    }

    /// What `c=` covers: the header and the channel.
    fn bytes(&self) -> Vec<u8> {
        let channel: &[u8] = match self {
            Self::No | Self::NotOffered => &[],
            Self::EndPoint(end_point) => end_point,
        };
        [self.header().as_bytes(), channel].concat()
    }
}

/// Shows nothing.
impl std::fmt::Debug for ClientVerify {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientVerify(..)")
    }
}
