//! A function whose pool of connections is built again after its password was rotated, and only then.
//!
//! Run it with `cargo run --example rotated_password`. It needs no AWS account: a Lambda and a
//! Parameter Store on loopback stand in for the real ones.

use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};
use stage_config::{
    Changes, ColdStart, ExposeSecret, LoadError, SecretString, StageConfig, lambda,
};
use stage_config_examples::lambda::{Lambda, is_function, this_program};
use stage_config_local::{LocalStore, Parameter};
use tokio::sync::Mutex;

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

/// Each invocation looks for new values. In production, `max_age` would be minutes.
static CONFIG: ColdStart<Config> = ColdStart::new().max_age(Duration::ZERO);

/// What has to be built again when the database has a new password.
struct Function {
    changes: Changes<Config>,
    pool: Pool,
}

impl Function {
    async fn new() -> Result<Self, LoadError> {
        // Before the configuration is read, so that no change is missed.
        let changes = CONFIG.changed().only(["database"]);
        let pool = Pool::new(&CONFIG.get().await?.database);
        Ok(Self { changes, pool })
    }

    /// One invocation.
    async fn handle(&mut self) -> Result<Value, LoadError> {
        let mut config = CONFIG.get().await?;
        let changed = self.changes.since_last();
        if !changed.is_empty() {
            // Again: a load may have ended since.
            config = CONFIG.get().await?;
            self.pool = Pool::new(&config.database);
        }
        Ok(
            json!({ "changed": changed.to_string(), "limit": config.limit, "pool": self.pool.to_string() }),
        )
    }
}

/// Stands in for connections to a database.
struct Pool {
    user: String,
    password: SecretString,
}

impl Pool {
    fn new(database: &Database) -> Self {
        Self { user: database.user.clone(), password: database.password.clone() }
    }
}

impl std::fmt::Display for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters = self.password.expose_secret().len();
        write!(f, "{}, with a password of {letters} letters", self.user)
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if !is_function() {
        return stand_in().await;
    }
    let function = Mutex::new(lambda::init(Function::new()).await?);
    run(service_fn(async |_: LambdaEvent<Value>| function.lock().await.handle().await)).await
}

/// Stands in for AWS: starts this program again, as a function.
async fn stand_in() -> Result<(), Error> {
    let store = LocalStore::start([
        Parameter::string("/orders/prod/limit", "5"),
        Parameter::string("/orders/prod/db/user", "orders"),
        Parameter::secure_string("/orders/prod/db/password", "first"),
    ])?;
    let lambda = Lambda::start().await?;
    let _function = lambda.run(&this_program()?, &store, [("stage", "prod")])?;
    println!("{}", lambda.invoke(Value::Null).await?);
    store.put(Parameter::string("/orders/prod/limit", "50"))?;
    println!("a new limit:    {}", lambda.invoke(Value::Null).await?);
    store.put(Parameter::secure_string("/orders/prod/db/password", "second"))?;
    println!("a new password: {}", lambda.invoke(Value::Null).await?);
    println!("nothing new:    {}", lambda.invoke(Value::Null).await?);
    Ok(())
}
