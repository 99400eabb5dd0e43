//! Cancelling what a session runs at its server. The server's secret never leaves this file.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use wire::postgres::encode;

use super::UpstreamError;
use super::connect::{Place, open_place};
use crate::packet::write;
use crate::settings::UpstreamTls;

/// A cancel request may take this long in all.
const TIME_OUT: Duration = Duration::from_secs(5);

/// How to cancel one session's statement.
pub(crate) struct Canceller {
    place: Place,
    tls: Option<Arc<rustls::ClientConfig>>,
    key: Option<(u32, Vec<u8>)>,
}

impl Canceller {
    pub(super) fn new(place: Place, tls: Option<&UpstreamTls>, key: Option<(u32, Vec<u8>)>) -> Self {
        Self { place, tls: tls.map(|tls| Arc::clone(&tls.config)), key }
    }

    /// The server's process id, if it gave one.
    pub(crate) fn process_id(&self) -> Option<u32> {
        self.key.as_ref().map(|(process_id, _)| *process_id)
    }

    /// Asks the server to cancel, and waits until it has taken notice. Like the protocol's own request it may
    /// come too late, which is no error.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub(crate) async fn cancel(&self) -> Result<(), UpstreamError> {
        let Some((process_id, secret)) = &self.key else { return Ok(()) };
        let work = async {
            let tls = self.tls.as_ref().map(|config| UpstreamTls { config: Arc::clone(config) });
            let mut stream = open_place(tls.as_ref(), &self.place).await?;
            let mut request = Vec::new();
            encode::cancel_request(&mut request, *process_id, secret)
                .map_err(|_| UpstreamError::Protocol("an impossible cancel key"))?;
            write(&mut stream, &request).await?;
            // The server closes when it has passed the signal on.
            let _ = stream.read(&mut [0_u8; 16]).await;
            Ok(())
        };
        tokio::time::timeout(TIME_OUT, work).await.unwrap_or(Err(UpstreamError::TimeOut))
    }
}

impl std::fmt::Debug for Canceller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Canceller(…)")
    }
}
