//! A function that is restored from a snapshot: what it keeps from the time before, and what not.

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lambda_runtime::SnapStartResource as _;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ColdStart, Source, StageConfig};
use stage_config_examples::lambda::{Failure, Lambda};
use stage_config_local::{At, LocalStore, On, Parameter};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Child;
use tokio::time::timeout;

use super::PATIENCE;

const LIMIT: &str = "/orders/prod/limit";
/// Which both sides keep open, in `/proc/net/tcp`.
const ESTABLISHED: &str = "01";
const CLIENTS: [&str; 2] = ["ssm", "lean"];

/// A store with one parameter, and what is between it and the function.
struct World {
    lambda: Lambda,
    store: LocalStore,
    wire: Wire,
    clock: String,
    client: &'static str,
}

impl World {
    async fn new(test: &str, client: &'static str) -> Self {
        let store = LocalStore::start([Parameter::string(LIMIT, "5")]).unwrap();
        let wire = Wire::to(&store).await;
        let clock = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("clock-{test}-{client}"));
        let clock = clock.into_os_string().into_string().unwrap();
        fs::write(&clock, "0").unwrap();
        Self { lambda: Lambda::start().await.unwrap(), store, wire, clock, client }
    }

    fn start(&self, more: &[(&str, &str)]) -> Child {
        let own = [
            ("stage", "prod"),
            ("CLIENT", self.client),
            ("CLOCK", &*self.clock),
            ("AWS_ENDPOINT_URL_SSM", &*self.wire.url),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"),
        ];
        let program = Path::new(env!("CARGO_BIN_EXE_restored"));
        self.lambda.run(program, &self.store, own.into_iter().chain(more.iter().copied())).unwrap()
    }

    fn put(&self, limit: &str) {
        self.store.put(Parameter::string(LIMIT, limit)).unwrap();
    }

    async fn limit(&self) -> Result<Value, Failure> {
        self.lambda.invoke(Value::Null).await
    }
}

/// Passes connections on to a store, and counts them.
struct Wire {
    url: String,
    port: u16,
    opened: Arc<AtomicUsize>,
}

impl Wire {
    async fn to(store: &LocalStore) -> Self {
        let address = store.url().trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let opened = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&opened);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::Relaxed);
                let address = address.clone();
                tokio::spawn(async move {
                    if let Ok(mut server) = TcpStream::connect(address).await {
                        let _ = copy_bidirectional(&mut client, &mut server).await;
                    }
                });
            }
        });
        Self { url: format!("http://127.0.0.1:{port}"), port, opened }
    }

    fn opened(&self) -> usize {
        self.opened.load(Ordering::Relaxed)
    }

    /// How many of them the function has not closed, as the system knows it.
    fn open(&self) -> usize {
        let sockets = fs::read_to_string("/proc/net/tcp").unwrap();
        let remote = format!("0100007F:{:04X}", self.port);
        let is_open = |line: &&str| {
            let mut columns = line.split_whitespace().skip(2);
            columns.next() == Some(&remote) && columns.next() == Some(ESTABLISHED)
        };
        sockets.lines().filter(is_open).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_value_is_loaded_again_whatever_the_clocks_say() {
    for client in CLIENTS {
        for ahead in ["0", "3600"] {
            let world = World::new(&format!("again-{ahead}"), client).await;
            let function = world.start(&[]);
            world.lambda.snapshot().await;
            assert_eq!((world.store.calls().total(), world.wire.opened()), (1, 1));
            assert_eq!(world.wire.open(), 0);

            let stopped =
                |signal| kill(Pid::from_raw(function.id().unwrap().cast_signed()), signal);
            stopped(Signal::SIGSTOP).unwrap();
            world.put("50");
            fs::write(&world.clock, ahead).unwrap();
            stopped(Signal::SIGCONT).unwrap();
            world.lambda.restore();
            assert_eq!(world.limit().await, Ok(50.into()), "{client}, {ahead} s");
            assert_eq!(world.limit().await, Ok(50.into()), "{client}, {ahead} s");
            // One for each `ColdStart` in the restore, and none in the invocations, on another
            // connection than before.
            assert_eq!(world.store.calls().total(), 3, "{client}, {ahead} s");
            assert_eq!((world.wire.opened(), world.wire.open()), (2, 1));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_are_those_of_the_restore() {
    let credentials = |id| {
        format!(
            r#"{{"AccessKeyId": "{id}", "SecretAccessKey": "s", "Token": "t", "Expiration": "2100-01-01T00:00:00Z"}}"#
        )
    };
    for client in CLIENTS {
        let world = World::new("credentials", client).await;
        let container = LocalStore::start([]).unwrap();
        container.script([
            On::any().first(1).answer(200, credentials("ASIABEFORE")),
            On::any().answer(200, credentials("ASIAAFTER")),
        ]);
        // The keys of the environment would be as old as the snapshot.
        let url = container.url();
        let _function = world.start(&[
            ("AWS_ACCESS_KEY_ID", "AKIASNAPSHOT"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &url),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token"),
        ]);
        world.lambda.snapshot().await;
        world.lambda.restore();
        assert_eq!(world.limit().await, Ok(5.into()));
        let calls = world.store.calls();
        let keys: Vec<_> = calls
            .iter()
            .filter_map(|call| call.header("authorization")?.split(['=', '/']).nth(1))
            .collect();
        assert_eq!(keys, ["ASIABEFORE", "ASIAAFTER", "ASIAAFTER"], "{client}");
        assert_eq!(container.calls().total(), 2, "{client}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_in_flight_in_a_snapshot() {
    for client in CLIENTS {
        let world = World::new("in-flight", client).await;
        // So that the load is in flight when the function is ready.
        world.store.script(On::any().first(1).answer(500, "").stall(At::Start));
        let _function = world.start(&[("BEHIND", "")]);
        world.lambda.snapshot().await;
        // The stalled attempt has ended, and another one has succeeded.
        assert_eq!((world.store.calls().total(), world.wire.open()), (2, 0), "{client}");
        world.lambda.restore();
        assert_eq!(world.limit().await, Ok(5.into()), "{client}");
        assert_eq!(world.store.calls().total(), 4, "{client}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_in_flight_is_not_cut_off_by_the_snapshot_of_another_configuration() {
    for client in CLIENTS {
        let world = World::new("cut-off", client).await;
        world.store.script(On::any().first(1).delay(Duration::from_millis(300)));
        let _function = world.start(&[("BEHIND", "")]);
        world.lambda.snapshot().await;
        // It needed no second attempt.
        assert_eq!((world.store.calls().total(), world.wire.opened()), (1, 1), "{client}");
        assert_eq!(world.wire.open(), 0, "{client}");
    }
}

/// Counts the snapshots that it hears of.
#[derive(Default)]
struct Hears(AtomicUsize);

impl Source for Hears {
    async fn fetch(&self, request: &Request) -> Answers {
        Answers::for_all(request, &Answer::found("5"))
    }

    async fn before_snapshot(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn a_source_of_the_user_hears_of_the_snapshot() {
    #[derive(StageConfig)]
    struct Config {
        #[ssm("/limit")]
        _limit: u32,
    }
    static HEARS: Hears = Hears(AtomicUsize::new(0));
    let by_reference = ColdStart::<Config>::new().loader(|| Config::loader().source(&HEARS));
    let shared = Arc::new(Hears::default());
    let source = Arc::clone(&shared);
    let by_arc =
        ColdStart::<Config>::new().loader_with(move || Config::loader().source(source.clone()));
    for cold_start in [&by_reference, &by_arc] {
        cold_start.before_snapshot().await.unwrap();
        cold_start.after_restore().await.unwrap();
        assert!(cold_start.peek().is_some());
    }
    assert_eq!([&HEARS, &shared].map(|it| it.0.load(Ordering::Relaxed)), [1, 1]);
}

#[tokio::test]
async fn a_loader_that_panics_is_an_error_before_the_snapshot() {
    #[derive(StageConfig)]
    struct Config {
        #[ssm("/limit")]
        _limit: u32,
    }
    let cold_start = ColdStart::<Config>::new().loader(|| panic!("on purpose"));
    let error = cold_start.before_snapshot().await.unwrap_err();
    assert!(error.to_string().contains("the load panicked"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_fails_is_reported_and_ends_the_function() {
    for client in CLIENTS {
        let world = World::new("fails", client).await;
        let mut function = world.start(&[]);
        world.lambda.snapshot().await;
        world.put("many");
        world.lambda.restore();
        let reported = world.lambda.restore_error().await.error_message;
        let expected = "cannot load `Config` for stage `prod`: 1 problem\n  limit: parameter \
                        `/orders/prod/limit` is not a `u32`: invalid digit found in string";
        assert_eq!(reported, expected, "{client}");
        let ended = timeout(PATIENCE, function.wait()).await.expect("the function should end");
        assert_eq!(ended.unwrap().code(), Some(1), "{client}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_snapstart_nothing_is_loaded_again() {
    let world = World::new("without", "ssm").await;
    let _function = world.start(&[("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")]);
    assert_eq!(world.limit().await, Ok(5.into()));
    assert_eq!(world.store.calls().total(), 1);
}
