//! What `/metrics` shows. Names follow Prometheus' habits: base units, `_total` for counters.

use std::sync::atomic::{AtomicI64, AtomicU64};

use engine::Result as OutcomeResult;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// One word about what is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Word {
    kind: &'static str,
}

/// All of the gate's metrics.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pub(crate) sessions: Gauge<i64, AtomicI64>,
    pub(crate) sessions_opened: Counter<u64, AtomicU64>,
    refused: Family<Word, Counter>,
    closed: Family<Word, Counter>,
    decisions: Family<Word, Counter>,
    outcomes: Family<Word, Counter>,
    client_bytes: Family<Word, Counter>,
    bytes_out: Counter<u64, AtomicU64>,
    pub(crate) cancels: Counter<u64, AtomicU64>,
    pub(crate) reloads: Counter<u64, AtomicU64>,
    pub(crate) reload_failures: Counter<u64, AtomicU64>,
    ledger_entries: Gauge<i64, AtomicI64>,
    ledger_durable: Gauge<i64, AtomicI64>,
    ledger_ok: Gauge<i64, AtomicI64>,
}

/// What a session counts by itself, to be added to the metrics now and then: a shared counter on every message
/// would cost more than the message.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) seen: u64,
    pub(crate) accounted: u64,
    /// All that was seen and already added.
    pub(crate) seen_total: u64,
    pub(crate) bytes_out: u64,
    pub(crate) allowed: u64,
    pub(crate) refused: u64,
    ok: u64,
    error: u64,
    cancelled: u64,
    outcome_refused: u64,
    skipped: u64,
    unknown: u64,
}

impl Counts {
    /// Nothing but `bytes` seen.
    pub(crate) fn seen(bytes: u64) -> Self {
        Self { seen: bytes, ..Self::default() }
    }

    pub(crate) fn outcome(&mut self, result: OutcomeResult) {
        let count = match result {
            OutcomeResult::Ok => &mut self.ok,
            OutcomeResult::Error => &mut self.error,
            OutcomeResult::Cancelled => &mut self.cancelled,
            OutcomeResult::Refused => &mut self.outcome_refused,
            OutcomeResult::Skipped => &mut self.skipped,
            OutcomeResult::Unknown => &mut self.unknown,
        };
        *count = count.saturating_add(1);
    }

    /// Whether enough came together to be worth adding.
    pub(crate) fn is_due(&self) -> bool {
        self.allowed >= 64 || self.seen >= 1 << 20 || self.bytes_out >= 1 << 20
    }
}

impl Metrics {
    /// Makes all metrics, at zero.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("tollhouse");
        let metrics = Self {
            sessions: Gauge::default(),
            sessions_opened: Counter::default(),
            refused: Family::default(),
            closed: Family::default(),
            decisions: Family::default(),
            outcomes: Family::default(),
            client_bytes: Family::default(),
            bytes_out: Counter::default(),
            cancels: Counter::default(),
            reloads: Counter::default(),
            reload_failures: Counter::default(),
            ledger_entries: Gauge::default(),
            ledger_durable: Gauge::default(),
            ledger_ok: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("sessions", "Sessions that live", metrics.sessions.clone());
        registry.register("sessions_opened", "Sessions opened", metrics.sessions_opened.clone());
        registry.register(
            "sessions_refused",
            "Connections that became no session, by reason",
            metrics.refused.clone(),
        );
        registry.register("sessions_closed", "Sessions closed, by reason", metrics.closed.clone());
        registry.register("decisions", "Decisions on statements, by verdict", metrics.decisions.clone());
        registry.register("outcomes", "Outcomes of statements, by result", metrics.outcomes.clone());
        registry.register(
            "client_bytes",
            "Bytes from clients after log-in: `seen`, and `accounted` to a statement or a refusal; the same when idle",
            metrics.client_bytes.clone(),
        );
        registry.register("server_bytes", "Bytes of answers sent to clients", metrics.bytes_out.clone());
        registry.register("cancels", "Cancel requests passed on", metrics.cancels.clone());
        registry.register(
            "reloads",
            "Configurations that came into force while running",
            metrics.reloads.clone(),
        );
        registry.register(
            "reload_failures",
            "Configurations that were refused",
            metrics.reload_failures.clone(),
        );
        registry.register("ledger_entries", "Entries of the ledger", metrics.ledger_entries.clone());
        registry.register(
            "ledger_durable_entries",
            "Entries that are on disk",
            metrics.ledger_durable.clone(),
        );
        registry.register("ledger_ok", "1 while the ledger takes entries, else 0", metrics.ledger_ok.clone());
        Self { registry, ..metrics }
    }

    /// Adds what a session counted.
    pub(crate) fn add(&self, counts: &mut Counts) {
        let words = [
            (&self.client_bytes, "seen", counts.seen),
            (&self.client_bytes, "accounted", counts.accounted),
            (&self.decisions, "allow", counts.allowed),
            (&self.decisions, "refuse", counts.refused),
            (&self.outcomes, "ok", counts.ok),
            (&self.outcomes, "error", counts.error),
            (&self.outcomes, "cancelled", counts.cancelled),
            (&self.outcomes, "refused", counts.outcome_refused),
            (&self.outcomes, "skipped", counts.skipped),
            (&self.outcomes, "unknown", counts.unknown),
        ];
        for (family, kind, count) in words {
            if count > 0 {
                family.get_or_create(&Word { kind }).inc_by(count);
            }
        }
        self.bytes_out.inc_by(counts.bytes_out);
        let seen_total = counts.seen_total.saturating_add(counts.seen);
        *counts = Counts { seen_total, ..Counts::default() };
    }

    pub(crate) fn session_refused(&self, reason: &'static str) {
        self.refused.get_or_create(&Word { kind: reason }).inc();
    }

    pub(crate) fn session_closed(&self, reason: &'static str) {
        self.closed.get_or_create(&Word { kind: reason }).inc();
    }

    pub(crate) fn ledger(&self, entries: u64, durable: u64, ok: bool) {
        self.ledger_entries.set(i64::try_from(entries).unwrap_or(i64::MAX));
        self.ledger_durable.set(i64::try_from(durable).unwrap_or(i64::MAX));
        self.ledger_ok.set(i64::from(ok));
    }

    /// The text that Prometheus reads (OpenMetrics 1.0).
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into a String does not fail.
        let _ = encode(&mut out, &self.registry);
        out
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
