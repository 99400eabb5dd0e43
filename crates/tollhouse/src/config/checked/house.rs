//! The sections about the house itself: ledger, admin address, log.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};

use model::ParameterRecord;

use crate::config::file;
use crate::config::problem::{Code, Fault};
use crate::config::raw::Table;
use crate::config::{LedgerSettings, LogFormat, LogSettings, value};

/// The ledger's place and name, and how parameter values are recorded.
pub(super) fn ledger(top: &Table<'_>) -> Option<(LedgerSettings, ParameterRecord)> {
    let table = top.table("ledger", "ledger");
    let directory = table.parse("directory", |text| not_empty(text, "write the folder's path"));
    let written = directory.as_ref().map_or("ledger", |at| at.value.as_str());
    let folder = table.reading().path(written);
    if let (Some(at), Ok(metadata)) = (&directory, fs::metadata(&folder))
        && !metadata.is_dir()
    {
        table.error(
            "directory",
            &at.span,
            Fault::new(Code::File, "this is no folder", "choose another path"),
        );
    }
    let words =
        [("hash", ParameterRecord::Hash), ("plain", ParameterRecord::Plain), ("omit", ParameterRecord::Omit)];
    let parameters = table.word("parameters", &words).map_or(ParameterRecord::Hash, |at| at.value);
    let written_key = table.parse("key", |text| not_empty(text, "write the file's path"));
    let key = match &written_key {
        Some(at) => table.reading().path(&at.value),
        None => folder.join("ledger.key"),
    };
    // The key is made at the first start; one that is there already must be nobody else's.
    if let Ok(metadata) = fs::metadata(&key)
        && let Err(fault) = file::only_for_the_owner(&metadata)
    {
        table.error("key", &written_key.map_or(table.span(), |at| at.span), fault);
    }
    let origin = table.required("origin", origin)?.value;
    Some((LedgerSettings { directory: folder, origin, key }, parameters))
}

/// A log's name is a signed note's key name as well: no white space, no `+` (C2SP signed-note).
fn origin(text: &str) -> Result<String, Fault> {
    if text.is_empty()
        || text.len() > 255
        || text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
    {
        return Err(Fault::value(
            "a log's name has 1 to 255 bytes without white space and `+`",
            "write a name such as `tollhouse.example/shop`",
        ));
    }
    Ok(text.to_owned())
}

fn not_empty(text: &str, fix: &str) -> Result<String, Fault> {
    if text.is_empty() { Err(Fault::value("an empty text", fix)) } else { Ok(text.to_owned()) }
}

/// The admin address: loopback unless told otherwise, none when `off`.
pub(super) fn admin(top: &Table<'_>) -> Option<SocketAddr> {
    let table = top.table("admin", "admin");
    let Some(listen) = table.parse("listen", |text| match text {
        "off" => Ok(None),
        text => value::socket_address(text).map(Some),
    }) else {
        return Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 9640)));
    };
    if let Some(address) = listen.value
        && !address.ip().is_loopback()
    {
        let fault = Fault::new(
            Code::Plaintext,
            "metrics are served to other machines without TLS and log-in",
            "use a loopback address, or see to it that only your monitoring reaches it",
        );
        table.warning("listen", &listen.span, fault);
    }
    listen.value
}

/// How the process logs.
pub(super) fn log(top: &Table<'_>) -> LogSettings {
    let table = top.table("log", "log");
    let formats = [("text", LogFormat::Text), ("json", LogFormat::Json)];
    let levels = ["error", "warn", "info", "debug", "trace"].map(|level| (level, level));
    LogSettings {
        format: table.word("format", &formats).map_or(LogFormat::Text, |at| at.value),
        level: table.word("level", &levels).map_or("info", |at| at.value),
    }
}
