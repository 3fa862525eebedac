//! A stand-in for Parameter Store: TLS on loopback, with the times of a service that is near.
//!
//! `bench-server FOLDER` writes the files that clients need to trust it into `FOLDER`, and prints
//! its port. For each line on standard input it prints how many connections were opened and how many
//! requests were answered since the last one. It ends with its standard input.
//!
//! | module | content |
//! |---|---|
//! | `trust` | the certificates |
//! | `connection` | HTTP/1.1 over TLS, and the delays |
//! | `signature` | checks AWS Signature Version 4 |
//! | `store` | the answers |

mod connection;
mod signature;
mod store;
mod trust;

use std::error::Error;
use std::io::{self, BufRead};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[derive(Default)]
struct Counters {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("usage: bench-server FOLDER")?);
    let tls = Arc::new(trust::create(&folder)?);
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("{}", listener.local_addr()?.port());

    let counters = Arc::new(Counters::default());
    let counted = Arc::clone(&counters);
    thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            counted.connections.fetch_add(1, Ordering::Relaxed);
            let (tls, counted) = (Arc::clone(&tls), Arc::clone(&counted));
            thread::spawn(move || {
                // A client that ends closes its connections in the middle of whatever it is.
                let _ = connection::serve(tcp, tls, &counted.requests);
            });
        }
    });

    for line in io::stdin().lock().lines() {
        line?;
        let taken = |counter: &AtomicUsize| counter.swap(0, Ordering::Relaxed);
        println!("{} {}", taken(&counters.connections), taken(&counters.requests));
    }
    Ok(())
}
