//! HTTP: a request in, and an answer out, whole or as a fault leaves it.

mod answer;
mod query;

use std::convert::Infallible;
use std::error::Error as _;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::calls::{Call, Calls};
use crate::error::ServiceError;
use crate::faults::{At, Content, Ending, Given, Reply};
use crate::location::Location;
use crate::service::Service;
use answer::Broken;

/// The maximum size of a request, in bytes; the largest value, escaped, is a fifth of it.
const MAX_BODY: usize = 256 * 1024;

/// What the server shares with the thread that started it.
pub(crate) struct Shared {
    pub(crate) service: Service,
    log: Mutex<Calls>,
}

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
                // Most likely there are no file descriptors left; some are soon released.
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
    // Answers are short, and tests measure latency.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        Box::pin(async move { shared.respond(request).await })
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let served = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let error = served.err();
    let broken = error.as_ref().and_then(|error| error.source()?.downcast_ref::<Broken>());
    if let Some(broken) = broken {
        broken.send(connection.into_parts().io.into_inner()).await;
    }
}

impl Shared {
    pub(crate) fn new(home: Location) -> Self {
        Self { service: Service::new(home), log: Mutex::default() }
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, Calls> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn respond(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Broken> {
        let (head, body) = request.into_parts();
        let (body, is_too_large) = match Limited::new(body, MAX_BODY).collect().await {
            Ok(body) => (body.to_bytes(), false),
            Err(error) if error.is::<LengthLimitError>() => (Bytes::new(), true),
            // The client is gone.
            Err(_) => return Err(Broken::new(Bytes::new(), Ending::Cut(At::Start))),
        };
        let call = Call::new(head.headers, &body);
        // When a test sees the call in the log, its fate is already decided.
        let (delay, outcome) = self.service.script.meet(&call);
        self.log().add(call.clone());
        if !delay.is_zero() {
            sleep(delay).await;
        }
        if let Some(ending) = outcome.ending.filter(|ending| ending.at() == At::Start) {
            return Err(Broken::new(Bytes::new(), ending));
        }
        let (status, body) = match &outcome.reply {
            Some(Reply::Raw(Content(bytes))) => {
                return Err(Broken::new(bytes.clone(), Ending::Cut(At::Start)));
            }
            Some(Reply::Answer(Given { status, body })) => (*status, body.0.clone()),
            None if is_too_large => {
                answer::own(&call, Err(ServiceError::new("RequestEntityTooLargeException", "")))
            }
            _ => answer::own(&call, self.service.answer_with(&call, &outcome)),
        };
        let response = answer::response(&call, status, outcome.headers, body);
        match outcome.ending {
            None => Ok(response.map(Full::from)),
            Some(ending) => {
                let behind = outcome.second.map(|Given { status, body }| {
                    answer::response(&call, status, Vec::new(), body.0)
                });
                Err(Broken::off(response, outcome.length, behind, ending))
            }
        }
    }
}
