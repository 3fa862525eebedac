// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     #[stage_config(stages(dev, prod(alias = "production"), pre_prod(rename = "pre-prod")))]
//     #[stage_config(fallback = pre_prod, validate = Self::check)]
//     struct Config {
//         #[ssm("/app/{stage}/limit")]
//         limit: u32,
//         #[value(dev = 1, prod = 5, pre_prod = 2)]
//         connections: u32,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
struct ConfigNames {
    /// The name of the parameter that `limit` is read from.
    limit: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use ::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    const __STAGES: __private::Stages = __private::Stages::__new(
        &["dev", "prod", "pre-prod"],
        &[("production", "prod")],
        __Some("pre-prod"),
        false,
    );
    const __TABLE: &__private::ParameterTable = &__private::ParameterTable::__new(
        "Config",
        __STAGES,
        __None,
        &[
            __Field::__new(
                "limit",
                "u32",
                [__FieldType::<u32>::OPTIONAL, __FieldType::<u32>::SECRET],
                __Kind::Ssm(__STAGES.__names(&["/app/{stage}/limit"])),
            ),
            __Field::__new(
                "connections",
                "u32",
                [__FieldType::<u32>::OPTIONAL, __FieldType::<u32>::SECRET],
                __Kind::Value,
            ),
        ],
    );
    #[allow(dead_code)]
    impl ConfigNames {
        /// The names at the stage of a deployment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::from_env(__TABLE)
        }
        /// The stage as deployed. If no stage is set, the declared stage that was chosen.
        #[must_use]
        fn stage(&self) -> &str {
            __private::Stage::deployed(&self.__stage)
        }
        /// The declared stage that was chosen.
        #[must_use]
        fn chosen(&self) -> &'static str {
            __private::Stage::chosen(&self.__stage)
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(__at: __private::At<'_>) -> Self {
            let [__0] = __at.names([0]);
            Self {
                limit: __0,
                __stage: __at.stage(),
            }
        }
    }
    #[automatically_derived]
    impl ::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __TABLE;
        type __Names = ConfigNames;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            let (__Some(__0), __Some(__1)) = (
                { __FieldType::<u32>::NEW }.__stage_config_read(__decoder.field(0)),
                match __decoder.chosen() {
                    "dev" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (1)),
                    "prod" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (5)),
                    "pre-prod" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (2)),
                    _ => __decoder.undeclared(1),
                },
            ) else { return __None };
            let __config = Self {
                limit: __0,
                connections: __1,
            };
            let __check: fn(&Self) -> ::core::result::Result<(), _> = Self::check;
            __private::Decoder::validate(__decoder, __check(&__config))?;
            __Some(__config)
        }
    }
    const _: () = ::core::assert!(
        ! __FieldType:: < u32 > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"…\")]`"
    );
};
