//! Messages as people read them in case files: every field, nothing hidden. For tests only.

use wire::postgres::startup::Startup;
use wire::postgres::{Values, backend, frontend};

pub(crate) fn startup(packet: &Startup<'_>) -> String {
    match packet {
        Startup::SslRequest => "SSLRequest".to_owned(),
        Startup::GssEncRequest => "GSSENCRequest".to_owned(),
        Startup::CancelRequest { process_id, secret } => {
            format!("CancelRequest {process_id} {}", text(secret))
        }
        Startup::Message { version, parameters } => {
            let pairs = parameters.map(|(name, value)| format!("\n  {}={}", text(name), text(value)));
            let options = list(parameters.protocol_options().map(text));
            let double = parameters.duplicate().map(|name| format!("\n  twice: {}", text(name)));
            let (pairs, double) = (pairs.collect::<String>(), double.unwrap_or_default());
            format!("StartupMessage {version}, served {}, options {options}{pairs}{double}", version.served())
        }
    }
}

pub(crate) fn client(message: &frontend::Message<'_>) -> String {
    use frontend::Message as M;
    match message {
        M::Query { text: statements } => format!("Query {}", text(statements)),
        M::Parse { name, text: statement, types } => {
            format!("Parse name={} text={} types={}", text(name), text(statement), list(*types))
        }
        M::Bind(bind) => format!(
            "Bind portal={} statement={} formats={} parameters={} result={}",
            text(bind.portal),
            text(bind.statement),
            list(bind.formats),
            values(bind.parameters),
            list(bind.result_formats)
        ),
        M::Describe { kind, name } => format!("Describe {kind:?} {}", text(name)),
        M::Execute { portal, rows_max } => format!("Execute {} rows_max={rows_max}", text(portal)),
        M::Close { kind, name } => format!("Close {kind:?} {}", text(name)),
        M::CopyData(data) => format!("CopyData {}", text(data)),
        M::CopyFail(why) => format!("CopyFail {}", text(why)),
        M::FunctionCall(body) => format!("FunctionCall {}", text(body)),
        M::Password(body) => format!(
            "Password plain={} initial={}",
            frontend::password(body).map_or_else(|error| error.to_string(), text),
            frontend::sasl_initial(body).map_or_else(
                |error| error.to_string(),
                |(mechanism, first)| format!("{} {}", text(mechanism), value(first))
            )
        ),
        M::Flush | M::Sync | M::CopyDone | M::Terminate => format!("{message:?}"),
    }
}

pub(crate) fn server(message: &backend::Message<'_>) -> String {
    use backend::{Authentication as A, Message as M};
    match message {
        M::Authentication(A::Sasl { mechanisms }) => {
            format!("AuthenticationSASL {}", list(mechanisms.map(text)))
        }
        M::Authentication(A::SaslContinue(data)) => format!("AuthenticationSASLContinue {}", text(data)),
        M::Authentication(A::SaslFinal(data)) => format!("AuthenticationSASLFinal {}", text(data)),
        M::Authentication(other) => format!("Authentication {other:?}"),
        M::BackendKeyData { process_id, secret } => format!("BackendKeyData {process_id} {}", text(secret)),
        M::ParameterStatus { name, value } => format!("ParameterStatus {}={}", text(name), text(value)),
        M::ReadyForQuery { status } => format!("ReadyForQuery {status:?}"),
        M::RowDescription(fields) => {
            let one = |f: wire::postgres::Field<'_>| {
                let (name, of, kind) = (text(f.name), format!("{}.{}", f.table, f.column), f.data_type);
                format!(
                    "\n  {name} of {of} type {kind} size {} modifier {} format {}",
                    f.size, f.modifier, f.format
                )
            };
            format!("RowDescription {}{}", fields.len(), fields.map(one).collect::<String>())
        }
        M::DataRow(columns) => format!("DataRow {}", values(*columns)),
        M::CommandComplete { tag } => {
            let parts = backend::command_tag(tag);
            let parts = parts.map(|parts| format!("{} {:?}", text(parts.verb), parts.rows));
            format!("CommandComplete {}", parts.unwrap_or_else(|| "nothing".to_owned()))
        }
        M::ParameterDescription(types) => format!("ParameterDescription {}", list(*types)),
        M::CopyInResponse(copy) => format!("CopyInResponse {:?} {}", copy.format, list(copy.columns)),
        M::CopyOutResponse(copy) => format!("CopyOutResponse {:?} {}", copy.format, list(copy.columns)),
        M::CopyBothResponse(copy) => format!("CopyBothResponse {:?} {}", copy.format, list(copy.columns)),
        M::CopyData(data) => format!("CopyData {}", text(data)),
        M::ErrorResponse(fields) => format!("ErrorResponse{}", report(*fields)),
        M::NoticeResponse(fields) => format!("NoticeResponse{}", report(*fields)),
        M::NotificationResponse { process_id, channel, payload } => {
            format!("NotificationResponse {process_id} {} {}", text(channel), text(payload))
        }
        M::FunctionCallResponse(result) => format!("FunctionCallResponse {}", value(*result)),
        M::NegotiateProtocolVersion { version, options } => {
            format!("NegotiateProtocolVersion {version} {}", list(options.map(text)))
        }
        M::EmptyQueryResponse
        | M::PortalSuspended
        | M::ParseComplete
        | M::BindComplete
        | M::CloseComplete
        | M::NoData
        | M::CopyDone => format!("{message:?}"),
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    format!("\"{}\"", bytes.escape_ascii())
}

fn value(value: Option<&[u8]>) -> String {
    value.map_or_else(|| "NULL".to_owned(), text)
}

fn values(values: Values<'_>) -> String {
    list(values.map(value))
}

fn list<T: std::fmt::Display>(items: impl Iterator<Item = T>) -> String {
    format!("[{}]", items.map(|item| item.to_string()).collect::<Vec<_>>().join(", "))
}

fn report(fields: wire::postgres::ErrorFields<'_>) -> String {
    fields.map(|(letter, value)| format!("\n  {} {}", letter.escape_ascii(), text(value))).collect()
}
