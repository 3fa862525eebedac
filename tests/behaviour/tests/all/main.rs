//! What a user sees of stage-config, without the AWS SDK.

// `compiles/crate_path.rs` uses this name. `::renamed` is looked up in the root of the crate only.
extern crate stage_config as renamed;

/// Which stage a load is for.
mod stages {
    mod by_name;
    mod choosing;
    mod look_alikes;
}
/// Which parameters are requested.
mod names {
    mod secrets;
    mod template_stages;
    mod templates;
}
/// Structs in structs.
mod nested {
    mod optional;
    mod prefixes;
}
/// Everything below a path.
mod paths {
    mod maps;
    mod stages;
}
/// From text to the types of the fields.
mod values {
    mod encoded;
    mod json;
    mod literals;
    mod redaction;
    mod types;
}
/// One load, from the request to the configuration or its one error.
mod load {
    mod accounts;
    mod parameter_tests;
    mod requests;
    mod span;
    mod validate;
}
/// One configuration for all invocations.
mod cold_start;
/// What a configuration says of itself.
mod description;
/// What must compile. Public, because lints look at what other crates can see.
pub mod compiles {
    mod crate_path;
    mod many_fields;
    pub mod public;
    mod snapshots;
    mod surroundings;
    mod types;
    mod written_by_macros;
}
