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
    "`prdo` cannot be the fallback, because it is not declared; did you mean `prod`?\nhelp: `fallback = prod`; the stages are `dev`, `prod`"
}
::core::compile_error! {
    "parameter name has a space, which Parameter Store refuses\n\n  /stripe secret/test\n         ^ only letters, digits and `_ . - /` are allowed\n\nhelp: a name that is allowed: `\"/stripe-secret/test\"`"
}
::core::compile_error! {
    "missing name for stage `prod` (used by `broken`)\nhelp: `prod = \"/limit/prod\"`"
}
/// The names of the parameters of [`Config`] at one stage.
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
pub struct ConfigNames {
    /// The name of the parameter that `broken` is read from.
    pub broken: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `lacking` is read from.
    pub lacking: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
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
#[allow(unused)]
impl ::stage_config::StageConfig for Config {
    const PARAMETERS: &'static ::stage_config::ParameterTable = ::stage_config::__private::NOTHING;
    fn __assemble(
        __values: &mut ::stage_config::__private::Decoder<'_>,
    ) -> ::core::option::Option<Self> {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let __1 = match ::stage_config::__private::Decoder::chosen(__values) {
            "dev" => {
                { ::stage_config::__private::FieldType::<u32>::NEW }
                    .__stage_config_make(|| (5))
            }
            "prod" => {
                { ::stage_config::__private::FieldType::<u32>::NEW }
                    .__stage_config_make(|| (50))
            }
            _ => ::stage_config::__private::Decoder::undeclared(__values, 1),
        };
        ::core::unreachable!()
    }
    type __Names = ConfigNames;
    fn __parameters(_: ::stage_config::__private::At) -> Self::__Names {
        ::core::unreachable!()
    }
}
const _: () = {
    #[allow(unused_imports)]
    use ::stage_config::__private::FieldTypeDefaults as _;
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < u32 > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"/app/key\")]`"
    );
};
