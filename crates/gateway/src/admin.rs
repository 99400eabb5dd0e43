//! `/metrics`, `/healthz` and `/readyz`, for machines. Nothing here changes anything, and nothing is secret.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::gate::Gate;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Binds the admin address.
///
/// # Errors
/// When the system refuses.
pub async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Serves until `stop` is done.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    gate: Arc<Gate>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let app = Router::new()
        .route("/metrics", get(metrics))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(gate);
    axum::serve(listener, app).with_graceful_shutdown(stop).await
}

async fn metrics(State(gate): State<Arc<Gate>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, OPEN_METRICS)], gate.metrics().text())
}

async fn ready(State(gate): State<Arc<Gate>>) -> (StatusCode, String) {
    match gate.ready() {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    }
}
