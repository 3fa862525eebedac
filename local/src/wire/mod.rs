//! HTTP: a request in, an answer out, or none if a fault says so.

mod calls;

use std::convert::Infallible;
use std::future::{pending, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::error::ServiceError;
use crate::faults::{Fate, Faults};
use crate::service::{Operation, Service};

pub(crate) use calls::Log;
pub use calls::{Call, Calls};

/// What the server shares with the one who started it.
pub(crate) struct Shared {
    pub(crate) service: Service,
    pub(crate) faults: Arc<Faults>,
    pub(crate) log: Log,
}

/// The connection is to be reset, or the client has left in the middle of its request.
#[derive(Debug, thiserror::Error)]
#[error("there is no answer")]
struct NoAnswer;

/// Serves until `stop` is sent or dropped.
pub(crate) async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    stop: oneshot::Receiver<Infallible>,
) {
    let accept = async {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(connection(stream, Arc::clone(&shared)));
                }
                // Out of file descriptors, most likely: some are given back in a while.
                Err(_) => sleep(Duration::from_millis(10)).await,
            }
        }
    };
    tokio::select! {
        () = accept => {}
        _ = stop => {}
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Answers are short, and latency is what tests measure.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        Box::pin(async move { shared.respond(request).await })
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let served = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    if served.is_err_and(|error| error.is_user()) {
        let stream = connection.into_parts().io.into_inner();
        // So that closing it is a reset, and not an orderly end.
        let _ = stream.set_zero_linger();
    }
}

impl Shared {
    async fn respond(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, NoAnswer> {
        let operation = operation_of(&request).to_owned();
        let body = request.into_body().collect().await.map_err(|_| NoAnswer)?.to_bytes();
        let call = Call::new(&operation, &body);
        self.log.add(call.clone());
        let delay = self.faults.delay();
        // Whoever sees the call may count on its fate, so nothing comes between without need.
        if !delay.is_zero() {
            sleep(delay).await;
        }
        match self.faults.fate(&call, Instant::now()) {
            Fate::Reset => Err(NoAnswer),
            Fate::Stalled => pending().await,
            Fate::Refused(error) => Ok(answer(Err(error))),
            Fate::Served => Ok(answer(match Operation::named(&operation) {
                Some(operation) => self.service.answer(operation, &body),
                None => Err(ServiceError::new("UnknownOperationException", "")),
            })),
        }
    }
}

/// `X-Amz-Target: AmazonSSM.GetParameter`
fn operation_of(request: &Request<Incoming>) -> &str {
    let target = request.headers().get("x-amz-target").and_then(|value| value.to_str().ok());
    target.and_then(|target| target.strip_prefix("AmazonSSM.")).unwrap_or_default()
}

fn answer(result: Result<String, ServiceError>) -> Response<Full<Bytes>> {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let request = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let (status, body) = match result {
        Ok(body) => (200, body),
        Err(error) => (error.status(), error.to_json()),
    };
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/x-amz-json-1.1")
        .header("x-amzn-requestid", format!("00000000-0000-4000-8000-{request:012}"))
        .body(Full::from(body))
        .expect("status and headers are valid")
}
