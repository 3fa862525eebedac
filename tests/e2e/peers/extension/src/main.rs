//! Prints each parameter of the command line as the extension returns it: type, version and value.

use aws_parameters_and_secrets_lambda::ManagerBuilder;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let manager = ManagerBuilder::new().build().expect("the environment should be that of Lambda");
    for name in std::env::args().skip(1) {
        match manager.get_parameter(&name, true).get_as_full_extension_response().await {
            Ok(found) => {
                let found = found.parameter;
                println!("{name}: {} {} {}", found.r#type, found.version, found.value);
            }
            Err(error) => println!("{name}: {error:#}"),
        }
    }
}
