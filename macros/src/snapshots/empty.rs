// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     struct Config {}

/// The names of the parameters of [`Config`] at one stage.
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
struct ConfigNames {
    __stage: ::stage_config::__private::Stage,
}
#[allow(dead_code)]
impl ConfigNames {
    /// The names at the stage that a deployment is called.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    fn for_stage(
        stage: &str,
    ) -> ::core::result::Result<Self, ::stage_config::StageError> {
        ::core::result::Result::map(
            ::stage_config::__private::At::deployed::<Config>(stage),
            Self::__at,
        )
    }
    /// The names at the stage that the environment holds.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
        ::core::result::Result::map(
            ::stage_config::__private::At::from_env::<Config>(),
            Self::__at,
        )
    }
    /// The stage as deployed; where none was given, the one that was chosen.
    #[must_use]
    fn stage(&self) -> &str {
        ::stage_config::__private::Stage::deployed(&self.__stage)
    }
    /// The declared stage that was chosen.
    #[must_use]
    fn chosen(&self) -> &'static str {
        ::stage_config::__private::Stage::chosen(&self.__stage)
    }
    fn __at(__at: ::stage_config::__private::At) -> Self {
        Self {
            __stage: ::stage_config::__private::At::into_stage(__at),
        }
    }
}
#[automatically_derived]
#[allow(deprecated, unused_braces, unused_parens)]
impl ::stage_config::StageConfig for Config {
    const PARAMETERS: &'static ::stage_config::ParameterTable = {
        use ::stage_config::__private::FieldTypeDefaults as _;
        &::stage_config::ParameterTable {
            config: "Config",
            stages: ::stage_config::Stages {
                declared: &[],
                aliases: &[],
                fallback: ::core::option::Option::None,
                allow_near_misses: false,
            },
            variable: ::core::option::Option::None,
            fields: &[],
        }
    };
    type __Names = ConfigNames;
    fn __assemble(
        __values: &mut ::stage_config::__private::Decoder<'_>,
    ) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(Self {})
    }
    fn __parameters(__at: ::stage_config::__private::At) -> Self::__Names {
        ConfigNames::__at(__at)
    }
}
