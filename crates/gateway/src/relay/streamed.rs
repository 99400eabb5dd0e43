//! Client messages too long to be held: they go on as they come.

use engine::{Action, Client};
use model::{Refusal, Sqlstate, Timestamp};
use wire::postgres::frame::Header;

use super::bind::{self, BindStream, Names};
use super::from_client::Taken;
use super::outgoing::Outgoing;
use super::{ClientMode, Reason, Relay};

impl Relay {
    /// The beginning of a message whose bytes go on as they come. `streamed` follows at once and counts them.
    pub(super) fn begin_copy_data(
        &mut self,
        out: &mut Outgoing<'_>,
        total: usize,
        now: Timestamp,
    ) -> Result<Option<usize>, Reason> {
        let step = self.engine.client(Client::CopyData, total as u64, now);
        let taken = self.step(out, step, None, now)?;
        self.client_mode = match (taken, &out.carry) {
            (Taken::Waits, _) => return Ok(None),
            (Taken::Sent, Some(carry)) => ClientMode::Pass { left: total, carry: carry.next_piece() },
            _ => ClientMode::Drop { left: total },
        };
        Ok(Some(0))
    }

    /// The beginning of a Bind too long to hold: its names come first, so the kernel can be asked before a byte
    /// of it leaves.
    pub(super) fn begin_bind(
        &mut self,
        out: &mut Outgoing<'_>,
        rest: &[u8],
        header: Header,
        now: Timestamp,
    ) -> Result<Option<usize>, Reason> {
        let (portal, statement) = match bind::names(rest) {
            Names::Here(portal, statement) => (portal, statement),
            Names::Incomplete => return Ok(None),
            Names::TooLong => {
                let step = self.engine.refuse(Action::Prepare, name_too_long(), header.total() as u64, now);
                return self.dropped(out, rest, header.total(), step, now);
            }
        };
        let types = self.engine.types(statement);
        let parameters = engine::Parameters::default();
        let event = Client::Bind { portal, statement, parameters, formats: None };
        let step = self.engine.client(event, header.total() as u64, now);
        let taken = self.step(out, step, None, now)?;
        self.client_mode = match (taken, &out.carry) {
            (Taken::Waits, _) => return Ok(None),
            (Taken::Sent, Some(carry)) => {
                let values = self.recorder.values(types);
                ClientMode::Bind(Box::new(BindStream::new(header, carry.next_piece(), values)))
            }
            _ => ClientMode::Drop { left: header.total() },
        };
        Ok(Some(0))
    }

    /// The next bytes of a message that streams.
    pub(super) fn streamed<'a>(&mut self, out: &mut Outgoing<'a>, rest: &'a [u8]) -> usize {
        let (used, done) = match &mut self.client_mode {
            ClientMode::Message => return 0,
            ClientMode::Pass { left, carry } => {
                let used = rest.len().min(*left);
                out.push(rest.get(..used).unwrap_or_default());
                out.carry = Some(carry.next_piece());
                *left = left.saturating_sub(used);
                (used, *left == 0)
            }
            ClientMode::Drop { left } => {
                let used = rest.len().min(*left);
                *left = left.saturating_sub(used);
                (used, *left == 0)
            }
            ClientMode::Bind(bind) => {
                let used = rest.len().min(bind.left());
                let piece = rest.get(..used).unwrap_or_default();
                out.push(piece);
                out.carry = Some(bind.carry.next_piece());
                let done = bind.feed(piece);
                (used, done)
            }
        };
        if done {
            let mode = std::mem::replace(&mut self.client_mode, ClientMode::Message);
            if let ClientMode::Bind(bind) = mode {
                self.engine.bound(bind.finish());
            }
        }
        used
    }
}

fn name_too_long() -> Refusal {
    Refusal::new(Sqlstate::new(b"54000"), "the name of a portal or statement is too long")
        .detail(format!("limit: {} bytes", wire::postgres::bind_scan::NAME_MAX))
        .hint("use shorter names")
}
