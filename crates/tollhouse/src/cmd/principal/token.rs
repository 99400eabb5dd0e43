//! `tollhouse principal token`: makes a token, prints it once and stores its hash; or revokes one by its id.

use std::io::{self, Write};
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::Context;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use model::Name;
use rand::{Rng, RngCore};
use sha2::{Digest, Sha256};
use toml_edit::{Item, Table};
use zeroize::Zeroizing;

use super::{ConfigFile, parse_name, usage};
use crate::cmd::{check::hexadecimal, paint};
use crate::config::edit::{Declined, Edit, set_text, tables};
use crate::config::value;

/// Letters and digits that look like no other.
const ID_ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// 31^6 ids: enough that nobody meets the same twice, short enough to read out.
const ID_LENGTH: usize = 6;

/// Whose token.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  tollhouse principal token support-bot --expires 30d
  tollhouse principal token etl --expires 2030-01-01T00:00:00Z --id nightly
  tollhouse principal token revoke support-bot k3v9

The token is shown once; only its hash is stored. A client sends it as password, inside TLS only.")]
pub(super) struct TokenArgs {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    make: MakeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Revoke a token: sessions that came in with it end
    Revoke(RevokeArgs),
}

#[derive(Debug, Args)]
struct MakeArgs {
    /// The principal
    #[arg(value_parser = parse_name, required = true)]
    name: Option<Name>,
    /// From when on it is worth nothing: a duration from now (`30d`) or an RFC 3339 time; never when left out
    #[arg(long, value_name = "WHEN", value_parser = parse_expiry)]
    expires: Option<Timestamp>,
    /// The token's id, which is no secret; made up when left out
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    id: Option<Name>,
    /// Print one JSON object with name, id, token and expiry
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    file: ConfigFile,
}

#[derive(Debug, Args)]
struct RevokeArgs {
    /// The principal
    #[arg(value_parser = parse_name)]
    name: Name,
    /// The token's id
    id: String,
    #[command(flatten)]
    file: ConfigFile,
}

/// Makes or revokes one.
pub(super) fn run(args: TokenArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        Some(Command::Revoke(args)) => revoke(&args),
        None => make(&args.make),
    }
}

fn make(args: &MakeArgs) -> anyhow::Result<ExitCode> {
    let name = args.name.as_ref().context("no principal is named")?;
    let mut edit = Edit::open(&args.file.config)?;
    let tokens = tables(edit.principal(name.as_str())?, "token")?;
    let taken = |id: &str| tokens.iter().any(|token| has_id(token, id));
    let id = match &args.id {
        Some(id) if taken(id.as_str()) => {
            return Err(Declined(format!("`{name}` has a token `{id}` already; choose another id")).into());
        }
        Some(id) => id.to_string(),
        None => std::iter::repeat_with(made_up_id).find(|id| !taken(id)).unwrap_or_default(),
    };
    let token = secret_token(&id);
    let mut section = Table::new();
    set_text(&mut section, "id", &id);
    set_text(&mut section, "hash", &format!("sha256:{}", hexadecimal(&Sha256::digest(token.as_bytes()))));
    if let Some(expires) = args.expires {
        set_text(&mut section, "expires", &expires.to_string());
    }
    tokens.push(section);
    edit.save()?;
    if args.json {
        let answer = serde_json::json!({
            "principal": name.as_str(),
            "id": id,
            "token": *token,
            "expires": args.expires.map(|time| time.to_string()),
        });
        writeln!(io::stdout(), "{answer}").context("cannot print")?;
    } else {
        writeln!(io::stdout(), "{}", *token).context("cannot print")?;
        paint::note(&format!(
            "this token is not shown again; revoke it with `tollhouse principal token revoke {name} {id}`"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn revoke(args: &RevokeArgs) -> anyhow::Result<ExitCode> {
    let mut edit = Edit::open(&args.file.config)?;
    let name = &args.name;
    let principal = edit.principal(name.as_str())?;
    let tokens = tables(principal, "token")?;
    let Some(at) = tokens.iter().position(|token| has_id(token, &args.id)) else {
        return Err(Declined(format!(
            "`{name}` has no token of this id; `tollhouse principal list` shows all"
        ))
        .into());
    };
    tokens.remove(at);
    if tokens.is_empty() {
        principal.remove("token");
    }
    edit.save()?;
    paint::note(&format!("revoked the token `{}` of `{name}`", args.id));
    Ok(ExitCode::SUCCESS)
}

fn has_id(token: &Table, id: &str) -> bool {
    token.get("id").and_then(Item::as_str) == Some(id)
}

/// `tollhouse_<id>_` and 32 random bytes: found by secret scanners, and its id by whoever must revoke it.
fn secret_token(id: &str) -> Zeroizing<String> {
    let mut secret = Zeroizing::new([0; 32]);
    rand::thread_rng().fill_bytes(&mut *secret);
    Zeroizing::new(format!("tollhouse_{id}_{}", *Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(*secret))))
}

fn made_up_id() -> String {
    let mut random = rand::thread_rng();
    (0..ID_LENGTH)
        .filter_map(|_| ID_ALPHABET.get(random.gen_range(0..ID_ALPHABET.len())))
        .map(|letter| char::from(*letter))
        .collect()
}

fn parse_id(text: &str) -> Result<Name, String> {
    value::token_id(text).map_err(usage)
}

/// A duration from now, or a time; in the future, without fractions of a second.
fn parse_expiry(text: &str) -> Result<Timestamp, String> {
    let now = Timestamp::now();
    let time = match value::duration(text) {
        Ok(duration) => SignedDuration::try_from(duration).ok().and_then(|d| now.checked_add(d).ok()),
        Err(_) => Timestamp::from_str(text).ok(),
    };
    let fix = "write a duration such as `30d`, or an RFC 3339 time such as `2030-01-01T00:00:00Z`";
    let time = time
        .and_then(|time| Timestamp::from_second(time.as_second()).ok())
        .ok_or_else(|| format!("this is no time; {fix}"))?;
    if time <= now { Err(format!("this time is over; {fix}")) } else { Ok(time) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_id_and_43_characters() {
        let token = secret_token("k3v9");
        let secret = token.strip_prefix("tollhouse_k3v9_").unwrap();
        assert_eq!(secret.len(), 43);
        assert!(secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_ne!(*secret_token("k3v9"), *token);
    }

    #[test]
    fn made_up_ids_are_ids() {
        for _ in 0..100 {
            let id = made_up_id();
            assert_eq!(id.len(), ID_LENGTH);
            assert!(value::token_id(&id).is_ok(), "{id}");
        }
    }

    #[test]
    fn expiry_lies_ahead() {
        let ahead = parse_expiry("30d").unwrap().as_second() - Timestamp::now().as_second();
        assert!((2_591_990..=2_592_000).contains(&ahead), "{ahead}");
        assert!(parse_expiry("2000-01-01T00:00:00Z").is_err());
        assert!(parse_expiry("soon").is_err());
        assert!(parse_expiry("99999999999d").is_err());
    }
}
