//! How loads share what they need: a connection while they follow each other, and room that no other target can take.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use model::Name;
use rig::postgres::{Server, Settings};

use super::{Reading, fresh, installs, target};

/// Processes of the server that loads of the catalogue made, now and in all.
fn connections(server: &Server) -> usize {
    let count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tollhouse catalogue'";
    server.value("postgres", count).unwrap().parse().unwrap()
}

fn process(server: &Server) -> String {
    let pid = "SELECT pid FROM pg_stat_activity WHERE application_name = 'tollhouse catalogue'";
    server.value("postgres", pid).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loads_that_follow_each_other_share_a_connection() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        server.sql("postgres", "CREATE ROLE gate LOGIN PASSWORD 'secret'").unwrap();
        let reading = Reading::new();
        let watch = reading.catalogues.of(&target(server.port(), "gate", "secret"), "postgres");
        watch.ready().await.unwrap();
        watch.enter();
        let mut processes = Vec::new();
        for number in 0..5 {
            server.sql("postgres", &format!("CREATE TABLE made_{number} (a int)")).unwrap();
            let now = fresh(&watch).await;
            assert!(now.relation_exactly("public", &format!("made_{number}")).is_some());
            processes.push(process(&server));
        }
        processes.dedup();
        assert_eq!(processes.len(), 1, "{processes:?}");

        // What only a log-in brings makes a log-in.
        server.sql("postgres", "ALTER ROLE gate SET search_path = elsewhere").unwrap();
        assert_eq!(fresh(&watch).await.path.iter().map(|name| &**name).collect::<Vec<_>>(), ["elsewhere"]);
        assert_ne!(Some(&process(&server)), processes.first());

        // One that the server ended is replaced.
        server.sql("postgres", &format!("SELECT pg_terminate_backend({})", process(&server))).unwrap();
        fresh(&watch).await;

        // Nothing stays in a database that no session is in.
        assert_eq!(connections(&server), 1);
        watch.leave();
        rig::wait::until("the connection to end", Duration::from_secs(30), || {
            Ok((connections(&server) == 0).then_some(()))
        })
        .unwrap();
        fresh(&watch).await;
        rig::wait::until("the connection to end", Duration::from_secs(30), || {
            Ok((connections(&server) == 0).then_some(()))
        })
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_do_not_answer_keep_no_other_target_waiting() {
    let install = installs().remove(0);
    let server = Server::start(&install, Settings::new()).unwrap();
    // It takes connections, by its backlog, and never says a word.
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = silent.local_addr().unwrap().port();
    let mut quiet = Arc::into_inner(target(port, "nobody", "x")).unwrap();
    quiet.name = Name::new("quiet").unwrap();
    let quiet = Arc::new(quiet);
    let reading = Reading::new();
    let waiting: Vec<_> =
        (0..20).map(|number| reading.catalogues.of(&quiet, &format!("d{number}"))).collect();
    let asked: Vec<u64> = waiting.iter().map(|watch| watch.ask()).collect();
    let watch = reading.catalogues.of(&target(server.port(), "postgres", "superuser"), "postgres");
    watch.ready().await.unwrap();
    for (watch, load) in waiting.iter().zip(asked) {
        let answer = std::future::poll_fn(|cx| std::task::Poll::Ready(watch.poll_loaded(load, cx))).await;
        assert!(answer.is_pending(), "the silent server still has not said anything");
    }
    reading.stop.send(true).unwrap();
}
