//! A function that is frozen before, during and after its load, while its connection is closed, reset
//! or silent.

use std::time::Duration;

use lambda_simulator::{FreezeMode, InvocationStatus, SimulatorPhase};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;
use stage_config_local::{At, LocalStore, On, Parameter};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{Function, PATIENCE, simulator};

const ROUNDS: usize = 100;
/// How many of them run side by side.
const SIDE_BY_SIDE: usize = 4;

#[derive(Debug, Clone, Copy)]
enum Frozen {
    Before,
    /// The request has arrived, and the answer ends here.
    During(At),
    After,
}

/// What becomes of the connection meanwhile.
#[derive(Debug, Clone, Copy)]
enum Connection {
    Silent,
    Closed,
    Reset,
}

const FROZEN: [Frozen; 5] = [
    Frozen::Before,
    Frozen::During(At::Start),
    Frozen::During(At::Head),
    Frozen::During(At::Body(100)),
    Frozen::After,
];
const CONNECTIONS: [Connection; 3] = [Connection::Silent, Connection::Closed, Connection::Reset];

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/checkout/prod/currency", "eur"),
    ])
    .expect("the store should start")
}

impl Function {
    fn send(&self, signal: Signal) {
        let id = self.0.id().try_into().expect("a process has a number");
        kill(Pid::from_raw(id), signal).expect("the function should run");
    }
}

async fn until_called(store: &LocalStore) {
    let called = async {
        while store.calls().total() == 0 {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(PATIENCE, called).await.expect("the function should send a request");
}

async fn round(frozen: Frozen, connection: Connection) {
    let store = store();
    let at = match frozen {
        Frozen::Before => None,
        Frozen::During(at) => Some(at),
        Frozen::After => Some(At::End),
    };
    let first = On::any().first(1);
    store.script(at.map(|at| match connection {
        Connection::Silent => first.stall(at),
        Connection::Closed => first.cut(at),
        Connection::Reset => first.reset(at),
    }));
    let simulator = simulator(FreezeMode::None).await;
    let function = Function::start(&simulator, &store);
    match frozen {
        Frozen::Before => {}
        Frozen::During(_) => until_called(&store).await,
        Frozen::After => {
            let ready = simulator.wait_for_phase(SimulatorPhase::Ready, PATIENCE).await;
            ready.expect("the function should start");
        }
    }
    function.send(Signal::SIGSTOP);
    function.stopped().await;
    function.send(Signal::SIGCONT);
    let request = simulator.enqueue_payload(json!({"amount": 100})).await;
    let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
    let done = done.unwrap_or_else(|error| panic!("{frozen:?}, {connection:?}: {error}"));
    assert_eq!(done.status, InvocationStatus::Success, "{frozen:?}, {connection:?}");
    assert_eq!(
        done.response.expect("a success has a response").payload,
        json!({"stage": "prod", "charged": "100 eur", "for_real": true}),
    );
    // If the first request was lost, another one followed.
    let expected = if let Frozen::During(_) = frozen { 2 } else { 1 };
    assert_eq!(store.calls().total(), expected, "{frozen:?}, {connection:?}");
    drop(function);
    simulator.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_survives_a_freeze_at_any_point() {
    let each = FROZEN.into_iter().flat_map(|frozen| CONNECTIONS.map(|it| (frozen, it)));
    let mut rounds = each.cycle().take(ROUNDS);
    let mut running = JoinSet::new();
    loop {
        while running.len() < SIDE_BY_SIDE
            && let Some((frozen, connection)) = rounds.next()
        {
            running.spawn(round(frozen, connection));
        }
        match running.join_next().await {
            Some(done) => done.expect("the round should end well"),
            None => return,
        }
    }
}
