//! The server's side: a client proves that it knows the secret behind a verifier.
//!
//! [`ServerFirst`] waits for the client's first message, [`ServerFinal`] for its proof, and [`Verified`] is the proof
//! that it was good. The user name in SCRAM's messages is not looked at, as in PostgreSQL: the start-up message has it.

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::keys::{hmac, sha256, xor};
use super::text::{Nonce, attribute, decode_32, encode, text};
use super::{Mechanism, ScramError, Verifier};

/// Waits for the client's first message.
#[derive(Debug)]
pub struct ServerFirst {
    /// The channel binding, when PLUS is offered.
    end_point: Option<Vec<u8>>,
}

/// Waits for the client's proof.
pub struct ServerFinal {
    /// What the client must send as `c=`: its own header and the channel that we see.
    channel: String,
    plus: bool,
    nonce: String,
    /// `client-first-message-bare,server-first-message,`.
    transcript: String,
    stored: Zeroizing<[u8; 32]>,
    server: Zeroizing<[u8; 32]>,
    genuine: bool,
}

/// The client knows the secret. Only [`ServerFinal::client_final`] makes one.
#[derive(Debug)]
#[must_use]
pub struct Verified {
    plus: bool,
}

impl Verified {
    /// Whether the log-in is bound to the TLS connection.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.plus
    }
}

impl ServerFirst {
    /// Begins. `end_point` is the binding of the gate's own certificate ([`crate::auth::channel_binding`]) on a TLS
    /// connection; with it PLUS is offered, without it not.
    #[must_use]
    pub fn new(end_point: Option<Vec<u8>>) -> Self {
        Self { end_point }
    }

    /// The mechanisms to offer, the favourite first.
    #[must_use]
    pub fn mechanisms(&self) -> &'static [Mechanism] {
        if self.end_point.is_some() {
            &[Mechanism::Sha256Plus, Mechanism::Sha256]
        } else {
            &[Mechanism::Sha256]
        }
    }

    /// Takes the client's choice and first message; gives the message to answer with (AuthenticationSASLContinue).
    ///
    /// # Errors
    /// When the message is malformed, or the client and we do not agree on what was offered.
    pub fn client_first(
        self,
        mechanism: Mechanism,
        message: &[u8],
        verifier: &Verifier,
        nonce: &Nonce,
    ) -> Result<(ServerFinal, String), ScramError> {
        let (header, bare) = header(text(message)?)?;
        let plus = mechanism == Mechanism::Sha256Plus;
        let channel = match (header.flag, &self.end_point) {
            (_, None) if plus => {
                return Err(ScramError::Binding("the client selected a mechanism that was not offered"));
            }
            (Flag::Bound(kind), Some(_)) if plus && kind != "tls-server-end-point" => {
                return Err(ScramError::Binding("unsupported channel binding type"));
            }
            (Flag::Bound(_), Some(end_point)) if plus => {
                encode(&[header.text.as_bytes(), end_point].concat())
            }
            (Flag::Bound(_), _) => {
                return Err(ScramError::Binding(
                    "the client sent channel binding data without selecting PLUS",
                ));
            }
            (Flag::No | Flag::NotOffered, _) if plus => {
                return Err(ScramError::Binding("the client selected PLUS without channel binding data"));
            }
            (Flag::NotOffered, Some(_)) => return Err(ScramError::Downgrade),
            (Flag::No | Flag::NotOffered, _) => encode(header.text.as_bytes()),
        };
        if bare.starts_with("m=") {
            return Err(ScramError::Extension);
        }
        let (_, rest) = attribute(bare, 'n', "the user name is missing")?;
        // Extensions may follow the nonce; none is known, and RFC 5802 lets unknown ones be ignored.
        let (client_nonce, _) = attribute(rest.unwrap_or_default(), 'r', "the nonce is missing")?;
        let client_nonce =
            Nonce::parse(client_nonce).ok_or(ScramError::Malformed("the nonce is not printable"))?;
        let nonce = format!("{}{}", client_nonce.as_str(), nonce.as_str());
        let answer = format!("r={nonce},s={},i={}", encode(&verifier.salt), verifier.iterations);
        let transcript = format!("{bare},{answer},");
        let (stored, server) = (verifier.stored.clone(), verifier.server.clone());
        Ok((
            ServerFinal { channel, plus, nonce, transcript, stored, server, genuine: verifier.genuine },
            answer,
        ))
    }
}

impl ServerFinal {
    /// Takes the client's proof; gives the message to answer with (AuthenticationSASLFinal).
    ///
    /// # Errors
    /// When the proof is wrong ([`ScramError::Proof`], for a mock always), or the message is malformed, of another
    /// channel or of another conversation.
    pub fn client_final(self, message: &[u8]) -> Result<(Verified, String), ScramError> {
        let message = text(message)?;
        let (channel, rest) = attribute(message, 'c', "the channel binding is missing")?;
        let (nonce, _) = attribute(rest.unwrap_or_default(), 'r', "the nonce is missing")?;
        // The proof is the last attribute; unknown extensions may stand before it, and the proof covers them.
        let (covered, proof) =
            message.rsplit_once(",p=").ok_or(ScramError::Malformed("the proof is missing"))?;
        let proof = decode_32(proof)?;
        if channel != self.channel {
            return Err(if self.plus {
                ScramError::OtherChannel
            } else {
                ScramError::Binding("unexpected attribute")
            });
        }
        if !bool::from(nonce.as_bytes().ct_eq(self.nonce.as_bytes())) {
            return Err(ScramError::Nonce);
        }
        let transcript = [self.transcript.as_bytes(), covered.as_bytes()];
        let client_key = Zeroizing::new(xor(&proof, &hmac(&self.stored, &transcript)));
        let signature = hmac(&self.server, &transcript);
        let proved = sha256(&*client_key).ct_eq(&*self.stored) & u8::from(self.genuine).into();
        if bool::from(proved) {
            Ok((Verified { plus: self.plus }, format!("v={}", encode(&signature))))
        } else {
            Err(ScramError::Proof)
        }
    }
}

/// The GS2 header: what the client says of channel binding.
struct Header<'a> {
    /// The header itself, with its last comma.
    text: &'a str,
    flag: Flag<'a>,
}

enum Flag<'a> {
    /// `n`: the client cannot bind.
    No,
    /// `y`: it can, and believes that we cannot.
    NotOffered,
    /// `p=<type>`: it does.
    Bound(&'a str),
}

/// Splits `gs2-header client-first-message-bare`.
fn header(message: &str) -> Result<(Header<'_>, &str), ScramError> {
    let malformed = ScramError::Malformed("the channel binding flag is not known");
    let (flag, rest) = message.split_once(',').ok_or(malformed)?;
    let flag = match flag {
        "n" => Flag::No,
        "y" => Flag::NotOffered,
        flag => Flag::Bound(flag.strip_prefix("p=").ok_or(malformed)?),
    };
    let (identity, bare) = rest.split_once(',').ok_or(ScramError::Malformed("the header is cut short"))?;
    if identity.starts_with("a=") {
        return Err(ScramError::AuthorizationIdentity);
    }
    if !identity.is_empty() {
        return Err(ScramError::Malformed("the header has an unexpected attribute"));
    }
    let text = message.get(..message.len() - bare.len()).unwrap_or_default();
    Ok((Header { text, flag }, bare))
}

/// Shows nothing.
impl std::fmt::Debug for ServerFinal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerFinal(..)")
    }
}
