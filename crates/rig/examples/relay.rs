//! The bare relay: the least that any proxy on this stack can cost, and the measure for `./bench`.
//!
//! It accepts TCP, connects to one upstream, and lets tokio copy bytes both ways with small packets sent at once
//! (TCP_NODELAY). It never looks at a byte, and has no time-outs and no limits: a yardstick, never a product.
//!
//! `relay LISTEN UPSTREAM`, for instance `relay 127.0.0.1:0 127.0.0.1:5432`; prints `listening on ADDRESS`.

use std::error::Error;
use std::io::Write;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(listen), Some(upstream)) = (arguments.next(), arguments.next()) else {
        return Err("usage: relay LISTEN UPSTREAM".into());
    };
    let listener = TcpListener::bind(&listen).await?;
    let mut out = std::io::stdout();
    writeln!(out, "listening on {}", listener.local_addr()?)?;
    out.flush()?;
    loop {
        let (client, _) = listener.accept().await?;
        let upstream = upstream.clone();
        tokio::spawn(async move {
            if let Err(error) = relay(client, &upstream).await {
                eprintln!("relay: {error}");
            }
        });
    }
}

async fn relay(mut client: TcpStream, upstream: &str) -> std::io::Result<()> {
    let mut server = TcpStream::connect(upstream).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}
