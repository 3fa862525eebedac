use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[secret(dev = "stripe/test", prod = "stripe/live")]
    right: SecretString,
    #[secret("/aws/reference/secretsmanager/stripe/live")] //~
    with_the_prefix: SecretString,
    #[secret("/aws/reference/secretsmanager/")] //~
    nothing_but_the_prefix: SecretString,
    #[secret("arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe/live-AbCdEf")] //~
    an_arn: SecretString,
    #[secret("stripe live")] //~
    blank: SecretString,
    #[secret("stripe#live")] //~
    character: SecretString,
    #[secret("stripe:AWSCURRENT:AWSPREVIOUS")] //~
    two_selectors: SecretString,
    #[secret("stripe:")] //~
    empty_selector: SecretString,
    #[secret("")] //~
    empty: SecretString,
    #[secret(" stripe")] //~
    outer_blank: SecretString,
    #[secret("stripe/{stag}")] //~
    placeholder: SecretString,
    #[secret("stripe:password::")] //~
    as_in_a_task_definition: SecretString,
    #[secret(dev = "stripe/test")] //~
    no_secret_for_prod: SecretString,
    #[secret("stripe/test", prod = "stripe/live")] //~
    one_for_all_and_one: SecretString,
    #[secret] //~
    none: SecretString,
    #[secret(stripe)] //~
    no_quotes: SecretString,
    #[secret("stripe", default = "sk_test_1")] //~
    a_secret_in_the_source: SecretString,
}

fn main() {}
