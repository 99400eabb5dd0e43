//! The forms that values take: durations, sizes, addresses, hosts, names. Each reads a text completely or says
//! what is wrong with it. No I/O: a host name is not looked up.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use gateway::settings::{Host, ListenAddress};
use model::{Name, Timestamp};

use super::problem::Fault;
use super::raw::printable;

/// PostgreSQL's port.
const PORT: u16 = 5432;
/// The longest path of a Unix socket on Linux (`sun_path` without its NUL).
const SOCKET_PATH_BYTES_MAX: usize = 107;

/// `500ms`, `10s`, `5m`, `1h`, `30d`: a whole number and a unit; not zero.
pub(crate) fn duration(text: &str) -> Result<Duration, Fault> {
    let fix = "write a number and `ms`, `s`, `m`, `h` or `d`, such as `10s`";
    let fault = || Fault::value(format!("`{}` is no duration", printable(text)), fix);
    let (number, unit) = split_unit(text).ok_or_else(fault)?;
    let unit_ms = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(fault()),
    };
    let ms: u64 = number.checked_mul(unit_ms).ok_or_else(fault)?;
    if ms == 0 {
        return Err(Fault::value("a duration of nothing", fix));
    }
    Ok(Duration::from_millis(ms))
}

/// A duration, or `never`.
pub(crate) fn duration_or_never(text: &str) -> Result<Option<Duration>, Fault> {
    if text == "never" { Ok(None) } else { duration(text).map(Some) }
}

/// `512B`, `64KiB`, `16MiB`, `1GiB`: a whole number and a unit; not zero.
pub(crate) fn size(text: &str) -> Result<usize, Fault> {
    let fix = "write a number and `B`, `KiB`, `MiB` or `GiB`, such as `16MiB`";
    let fault = || Fault::value(format!("`{}` is no size", printable(text)), fix);
    let (number, unit) = split_unit(text).ok_or_else(fault)?;
    let unit_bytes = match unit {
        "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(fault()),
    };
    let bytes =
        number.checked_mul(unit_bytes).and_then(|bytes| usize::try_from(bytes).ok()).ok_or_else(fault)?;
    if bytes == 0 { Err(Fault::value("a size of nothing", fix)) } else { Ok(bytes) }
}

fn split_unit(text: &str) -> Option<(u64, &str)> {
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(at)?;
    Some((number.parse().ok()?, unit))
}

/// A name.
pub(crate) fn name(text: &str) -> Result<Name, Fault> {
    Name::new(text)
        .map_err(|error| Fault::value(error.to_string(), "choose another name, such as `support-bot`"))
}

/// `address:port`, with an address of this machine.
pub(crate) fn socket_address(text: &str) -> Result<SocketAddr, Fault> {
    let fix = "write `address:port`, such as `127.0.0.1:6432` or `[::1]:6432`";
    SocketAddr::from_str(text).map_err(|_| {
        let what = match text.rsplit_once(':') {
            Some((host, port))
                if host.starts_with(|c: char| c.is_ascii_alphabetic()) && port.parse::<u16>().is_ok() =>
            {
                format!("`{}` is a name, and a name may mean several addresses", printable(host))
            }
            _ => format!("`{}` is no address with a port", printable(text)),
        };
        Fault::value(what, fix)
    })
}

/// Where a listener listens: [`socket_address`], or a path that has a `/`.
pub(crate) fn listen_address(
    text: &str,
    path: impl FnOnce(&str) -> std::path::PathBuf,
) -> Result<ListenAddress, Fault> {
    if text.contains('/') {
        let path = path(text);
        socket_path(&path)?;
        Ok(ListenAddress::Unix(path))
    } else {
        socket_address(text).map(ListenAddress::Tcp)
    }
}

/// A server: `host:port`, `[::1]:port`, `/folder:port`; the port may be left out.
pub(crate) fn host(text: &str) -> Result<Host, Fault> {
    let fix = "write `host:port` or `/folder:port`";
    if text.starts_with('/') {
        let (folder, port) = match text.rsplit_once(':') {
            Some((folder, port)) => (folder, parse_port(port)?),
            None => (text, PORT),
        };
        let path = Path::new(folder).join(format!(".s.PGSQL.{port}"));
        socket_path(&path)?;
        return Ok(Host::Unix(path));
    }
    let (host, port) = split_host(text)?;
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let known = host.parse::<IpAddr>().is_ok()
        || (host.len() <= 253 && host.strip_suffix('.').unwrap_or(host).split('.').all(label));
    if !known {
        return Err(Fault::value(format!("`{}` is no host", printable(host)), fix));
    }
    Ok(Host::Tcp { host: host.to_owned(), port })
}

fn split_host(text: &str) -> Result<(&str, u16), Fault> {
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        return match rest.strip_prefix(':') {
            Some(port) => Ok((address, parse_port(port)?)),
            None if rest.is_empty() => Ok((address, PORT)),
            None => Err(Fault::value(format!("`{}` is no port", printable(rest)), "write `[address]:port`")),
        };
    }
    match text.split_once(':') {
        Some((_, port)) if port.contains(':') => {
            Err(Fault::value("an IPv6 address without brackets", "write `[address]:port`"))
        }
        Some((host, port)) => Ok((host, parse_port(port)?)),
        None => Ok((text, PORT)),
    }
}

fn parse_port(text: &str) -> Result<u16, Fault> {
    match text.parse() {
        Ok(port) if port != 0 && !text.starts_with('+') => Ok(port),
        _ => Err(Fault::value(format!("`{}` is no port", printable(text)), "write a number from 1 to 65535")),
    }
}

fn socket_path(path: &Path) -> Result<(), Fault> {
    let bytes = path.as_os_str().len();
    if bytes <= SOCKET_PATH_BYTES_MAX {
        return Ok(());
    }
    Err(Fault::value(
        format!("the socket's path has {bytes} bytes and the system takes {SOCKET_PATH_BYTES_MAX}"),
        "choose a shorter folder",
    ))
}

/// An RFC 3339 time not before 1970.
pub(crate) fn time(text: &str) -> Result<Timestamp, Fault> {
    text.parse::<jiff::Timestamp>()
        .ok()
        .and_then(|time| u64::try_from(time.as_microsecond()).ok())
        .map(Timestamp)
        .ok_or_else(|| {
            Fault::value(
                format!("`{}` is no time", printable(text)),
                "write an RFC 3339 time with its zone, such as `2030-01-01T00:00:00Z`",
            )
        })
}

/// A token's id: a name without `_`, which ends the id within the token.
pub(crate) fn token_id(text: &str) -> Result<Name, Fault> {
    if text.contains('_') {
        return Err(Fault::value("a token's id has no `_`", "choose another id"));
    }
    name(text)
}

/// `sha256:` and 64 hexadecimal digits.
pub(crate) fn token_hash(text: &str) -> Result<[u8; 32], Fault> {
    let fault = || Fault::value("this is no token hash", "let `tollhouse principal token` write it");
    let digits = text.strip_prefix("sha256:").filter(|digits| digits.len() == 64).ok_or_else(fault)?;
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let digit = |at: usize| pair.get(at).and_then(|d| char::from(*d).to_digit(16));
        let value = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        *byte = value.ok_or_else(fault)?;
    }
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        for (text, ms) in
            [("500ms", 500), ("10s", 10_000), ("5m", 300_000), ("1h", 3_600_000), ("2d", 172_800_000)]
        {
            assert_eq!(duration(text), Ok(Duration::from_millis(ms)), "{text}");
        }
        for text in [
            "",
            "10",
            "s",
            "10 s",
            "-1s",
            "+1s",
            "1.5s",
            "0s",
            "10S",
            "99999999999999999999s",
            "18446744073709551615d",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert_eq!(duration_or_never("never"), Ok(None));
    }

    #[test]
    fn sizes_have_a_unit() {
        assert_eq!(size("16MiB"), Ok(16 << 20));
        assert_eq!(size("512B"), Ok(512));
        for text in ["", "16", "16MB", "0KiB", "MiB", "99999999999999999GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn hosts_are_names_addresses_or_socket_folders() {
        let tcp = |host: &str, port| Ok(Host::Tcp { host: host.to_owned(), port });
        assert_eq!(host("db.example:6000"), tcp("db.example", 6000));
        assert_eq!(host("db_1"), tcp("db_1", 5432));
        assert_eq!(host("[::1]:5433"), tcp("::1", 5433));
        assert_eq!(host("[::1]"), tcp("::1", 5432));
        assert_eq!(host("/run/postgresql:5433"), Ok(Host::Unix("/run/postgresql/.s.PGSQL.5433".into())));
        assert_eq!(host("/run/postgresql"), Ok(Host::Unix("/run/postgresql/.s.PGSQL.5432".into())));
        let long = format!("/{}:1", "x".repeat(100));
        for text in
            ["", ":5432", "a:0", "a:65536", "a:+1", "::1", "a b", "a..b", "[::1", "[x y]:1", "[::1]5", &long]
        {
            assert!(host(text).is_err(), "{text}");
        }
    }

    #[test]
    fn listeners_take_addresses_or_paths() {
        let path = |text: &str| Path::new("/conf").join(text);
        assert_eq!(listen_address("[::]:6432", path), Ok(ListenAddress::Tcp("[::]:6432".parse().unwrap())));
        let unix = listen_address("./.s.PGSQL.6432", path);
        assert_eq!(unix, Ok(ListenAddress::Unix("/conf/./.s.PGSQL.6432".into())));
        let fault = listen_address("localhost:6432", path).unwrap_err();
        assert_eq!(fault.what, "`localhost` is a name, and a name may mean several addresses");
        assert!(listen_address("6432", path).is_err());
    }

    #[test]
    fn hashes_are_64_digits() {
        let text = format!("sha256:{}", "0f".repeat(32));
        assert_eq!(token_hash(&text), Ok([15; 32]));
        for bad in ["", "sha256:", "sha256:0f", &format!("sha256:{}", "é".repeat(32)), &"0f".repeat(32)] {
            assert!(token_hash(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn times_have_a_zone() {
        assert_eq!(time("1970-01-01T00:00:01Z"), Ok(Timestamp(1_000_000)));
        for bad in ["2030-01-01", "2030-01-01T00:00:00", "1960-01-01T00:00:00Z", "soon"] {
            assert!(time(bad).is_err(), "{bad}");
        }
    }
}
