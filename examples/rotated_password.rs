//! A pool of connections that is built again after its password was rotated, and only then.
//!
//! Run it with `cargo run --example rotated_password`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one.

use std::error::Error;
use std::sync::LazyLock;
use std::time::Duration;

use stage_config::{
    Changes, ColdStart, ExposeSecret, LoadError, Loader, SecretString, StageConfig,
};
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/orders/dev/limit", prod = "/orders/prod/limit")]
    limit: u32,
    #[nested(dev = "/orders/dev/db", prod = "/orders/prod/db")]
    database: Database,
}

#[derive(StageConfig)]
struct Database {
    #[ssm("user")]
    user: String,
    #[ssm("password")]
    password: SecretString,
}

/// In a Lambda function, `max_age` would be minutes. Here, each invocation looks for new values.
static CONFIG: ColdStart<Config> = ColdStart::new().max_age(Duration::ZERO).loader(from_loopback);

/// What an invocation needs, and what has to be built again when the database has a new password.
struct Handler {
    changes: Changes<Config>,
    pool: Pool,
}

impl Handler {
    async fn new() -> Result<Self, LoadError> {
        // Before the configuration is read, so that no change is missed.
        let changes = CONFIG.changed().only(["database"]);
        let pool = Pool::new(&CONFIG.get().await?.database);
        Ok(Self { changes, pool })
    }

    /// One invocation.
    async fn handle(&mut self) -> Result<String, LoadError> {
        let mut config = CONFIG.get().await?;
        let changed = self.changes.since_last();
        if !changed.is_empty() {
            println!("  changed: {changed}");
            // Again: a load may have ended since.
            config = CONFIG.get().await?;
            self.pool = Pool::new(&config.database);
        }
        Ok(format!("limit {}, connected as {}", config.limit, self.pool.user))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut handler = Handler::new().await?;
    println!("{}", handler.handle().await?);

    println!("a new limit");
    STORE.put(Parameter::string("/orders/prod/limit", "50"))?;
    println!("{}", handler.handle().await?);

    println!("a new password");
    STORE.put(Parameter::secure_string("/orders/prod/db/password", "second"))?;
    println!("{}", handler.handle().await?);
    Ok(())
}

// The rest stands in for AWS and for a database.

struct Pool {
    user: String,
}

impl Pool {
    fn new(database: &Database) -> Self {
        println!(
            "  new pool with a password of {} letters",
            database.password.expose_secret().len()
        );
        Self { user: database.user.clone() }
    }
}

static STORE: LazyLock<LocalStore> = LazyLock::new(|| {
    let parameters = [
        Parameter::string("/orders/prod/limit", "5"),
        Parameter::string("/orders/prod/db/user", "orders"),
        Parameter::secure_string("/orders/prod/db/password", "first"),
    ];
    LocalStore::start(parameters).expect("there is a free port on loopback")
});

fn from_loopback() -> Loader<Config> {
    Config::loader().stage("prod").client(STORE.client())
}
