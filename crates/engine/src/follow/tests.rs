//! A session's view through blocks, savepoints and reports.

use super::*;
use model::facts::ObjectKind;
use sql::{Made, MadeState};

fn path(name: &str, local: bool) -> Effect {
    Effect::Path { path: Some([Arc::from(name)].into()), local }
}

fn temp(name: &str, until_commit: bool) -> Effect {
    Effect::Object(Made {
        schema: "pg_temp".into(),
        name: name.into(),
        kind: ObjectKind::Table,
        state: MadeState::Present(None),
        until_commit,
    })
}

fn first(follow: &Follow) -> Option<&str> {
    follow.view().path.as_ref().map(|path| &*path[0])
}

#[test]
fn a_local_path_ends_with_its_transaction() {
    let mut follow = Follow::default();
    follow.confirm(&path("a", false), false);
    follow.ready(true, false);
    follow.confirm(&Effect::Begin, false);
    follow.confirm(&path("b", true), false);
    assert_eq!(first(&follow), Some("b"));
    follow.confirm(&Effect::Commit { chain: false }, false);
    assert_eq!(first(&follow), Some("a"));
    follow.confirm(&path("c", true), false);
    follow.ready(true, false);
    assert_eq!(first(&follow), Some("a"), "outside of a block it lasts for the statement");
}

#[test]
fn what_is_rolled_back_never_was() {
    let mut follow = Follow::default();
    follow.confirm(&Effect::Begin, false);
    follow.confirm(&temp("customers", false), false);
    follow.confirm(&path("b", false), false);
    assert!(follow.view().find("pg_temp", "customers").is_some());
    follow.confirm(&Effect::Commit { chain: false }, true);
    assert_eq!(**follow.view(), View::default());
}

#[test]
fn a_savepoint_brings_back_what_was_there() {
    let mut follow = Follow::default();
    follow.confirm(&temp("a", false), false);
    follow.confirm(&Effect::Savepoint("s".into()), false);
    follow.confirm(&temp("b", false), false);
    follow.confirm(&Effect::Savepoint("t".into()), false);
    follow.confirm(&Effect::RollbackTo("s".into()), false);
    assert!(follow.view().find("pg_temp", "a").is_some());
    assert!(follow.view().find("pg_temp", "b").is_none());
    follow.confirm(&temp("c", false), false);
    follow.confirm(&Effect::Release("s".into()), false);
    follow.confirm(&Effect::RollbackTo("s".into()), false);
    assert_eq!(follow.view().lost, Some(sql::Lost::Hidden), "there is no such savepoint any more");
}

#[test]
fn a_table_that_lasts_until_commit_is_gone_after_it() {
    let mut follow = Follow::default();
    follow.confirm(&Effect::Begin, false);
    follow.confirm(&temp("customers", true), false);
    follow.confirm(&Effect::Commit { chain: false }, false);
    assert!(follow.view().find("pg_temp", "customers").is_none());
}

#[test]
fn what_the_server_reports_is_the_truth() {
    let view = View { path: Some([Arc::from("$user"), Arc::from("public")].into()), ..View::default() };
    let mut follow = Follow::new(view.clone());
    follow.report(b"search_path", b"\"$user\", public");
    follow.ready(true, false);
    assert_eq!(**follow.view(), view);
    follow.confirm(&path("a", false), false);
    follow.report(b"search_path", b"a");
    follow.ready(true, false);
    assert_eq!(follow.view().lost, None);
    follow.report(b"search_path", b"b");
    follow.ready(false, false);
    assert_eq!(follow.view().lost, Some(Lost::Path));
    let mut follow = Follow::new(view);
    follow.report(b"standard_conforming_strings", b"off");
    follow.ready(true, true);
    assert_eq!(follow.view().lost, Some(Lost::Reading), "a rollback does not bring it back");
}

#[test]
fn a_failed_block_is_where_its_innermost_savepoint_was() {
    let view = View { path: Some([Arc::from("public")].into()), ..View::default() };
    let mut follow = Follow::new(view.clone());
    follow.confirm(&Effect::Begin, false);
    follow.confirm(&path("shop", true), false);
    follow.report(b"search_path", b"shop");
    follow.ready(false, false);
    follow.report(b"search_path", b"public");
    follow.abort();
    follow.ready(false, true);
    follow.confirm(&Effect::Rollback { chain: false }, false);
    follow.ready(true, false);
    assert_eq!(**follow.view(), view);

    follow.confirm(&path("shop", false), false);
    follow.confirm(&Effect::Savepoint("s".into()), false);
    follow.confirm(&path("b", false), false);
    follow.report(b"search_path", b"shop");
    follow.abort();
    follow.ready(false, true);
    assert_eq!((first(&follow), follow.view().lost), (Some("shop"), None));
    follow.report(b"standard_conforming_strings", b"off");
    follow.abort();
    follow.confirm(&Effect::RollbackTo("s".into()), false);
    assert_eq!(follow.view().lost, Some(Lost::Reading), "no savepoint brings it back");
}

#[test]
fn a_report_is_read_as_the_server_means_it() {
    let mut follow = Follow::new(View::default());
    follow.confirm(&path("", false), false);
    follow.report(b"search_path", b"\"\"");
    follow.report(b"client_encoding", b"UNICODE");
    follow.ready(true, false);
    assert_eq!(follow.view().lost, None);
    let two = [Arc::from(""), Arc::from("shop")].into();
    follow.confirm(&Effect::Path { path: Some(two), local: false }, false);
    follow.report(b"search_path", b"\"\", shop");
    follow.ready(true, false);
    assert_eq!(follow.view().lost, None);
    follow.report(b"client_encoding", b"LATIN1");
    assert_eq!(follow.view().lost, Some(Lost::Reading));
}

#[test]
fn definitions_are_told_once_they_are_committed() {
    let mut follow = Follow::default();
    follow.confirm(&Effect::Definition, false);
    assert_eq!(follow.take_changed(), None);
    follow.ready(true, false);
    assert_eq!(follow.take_changed(), Some(Change::Unseen));
    assert_eq!(follow.take_changed(), None);
    follow.tell(true);
    follow.confirm(&Effect::Definition, false);
    follow.ready(true, false);
    assert_eq!(follow.take_changed(), Some(Change::Told));
    follow.confirm(&Effect::Definition, false);
    follow.ready(true, true);
    assert_eq!(follow.take_changed(), None);
}
