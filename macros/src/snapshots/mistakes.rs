// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     #[stage_config(fallback = prdo)]
//     pub struct Config {
//         #[ssm(dev = "/stripe secret/test", prod = "/stripe/live")]
//         pub broken: SecretString,
//         #[value(dev = 5, prod = 50)]
//         pub sound: u32,
//         #[ssm(dev = "/limit")]
//         pub lacking: u32,
//     }

::core::compile_error! {
    "`prdo` cannot be the fallback, because it is not declared; did you mean `prod`?\nhelp: `prod`; the stages are `dev`, `prod`"
}
::core::compile_error! {
    "parameter name has a space, which Parameter Store refuses\n\n  /stripe secret/test\n         ^ only letters, digits and `_ . - /` are allowed\n\nhelp: for example `\"/app/key\"`, `\"/app/key:3\"` or `\"/app/key:label\"`"
}
::core::compile_error! {
    "missing name for stage `prod` (used by `broken`)\nhelp: `prod = \"…\"`"
}
/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub struct ConfigNames {
    /// The name of the parameter that `broken` is read from.
    pub broken: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `lacking` is read from.
    pub lacking: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use ::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    #[allow(missing_docs)]
    impl ConfigNames {
        pub fn for_stage(
            _: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            ::core::unreachable!()
        }
        pub fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
            ::core::unreachable!()
        }
        pub fn stage(&self) -> &str {
            ::core::unreachable!()
        }
        pub fn chosen(&self) -> &'static str {
            ::core::unreachable!()
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(_: __private::At<'_>) -> Self {
            ::core::unreachable!()
        }
    }
    #[automatically_derived]
    #[allow(unused)]
    impl ::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __private::NOTHING;
        type __Names = ConfigNames;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            let _ = match __decoder.chosen() {
                "dev" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (5)),
                "prod" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (50)),
                _ => __decoder.undeclared(1),
            };
            ::core::unreachable!()
        }
    }
    const _: () = ::core::assert!(
        ! __FieldType:: < u32 > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"…\")]`"
    );
};
