// Written by the test of this name. It shows what becomes of
//
//     /// All that the shop needs.
//     #[derive(StageConfig)]
//     pub struct Config {
//         /// Stripe secret key
//         #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
//         pub stripe_secret_key: SecretString,
//         #[value(dev = 5, prod = 50)]
//         pub max_connections: u32,
//         #[value(dev = "localhost", prod = region_host())]
//         host: String,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub struct ConfigNames {
    /// The name of the parameter that `stripe_secret_key` is read from.
    pub stripe_secret_key: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use ::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    const __STAGES: __private::Stages = __private::Stages::__new(
        &["dev", "prod"],
        &[],
        __Some("dev"),
        false,
    );
    const __TABLE: &__private::ParameterTable = &__private::ParameterTable::__new(
        "Config",
        __STAGES,
        __None,
        &[
            __Field::__new(
                    "stripe_secret_key",
                    "SecretString",
                    [
                        __FieldType::<SecretString>::OPTIONAL,
                        __FieldType::<SecretString>::SECRET,
                    ],
                    __Kind::Ssm(
                        __STAGES
                            .__names(&["/stripeSecretKey/test", "/stripeSecretKey/live"]),
                    ),
                )
                .__doc("Stripe secret key"),
            __Field::__new(
                "max_connections",
                "u32",
                [__FieldType::<u32>::OPTIONAL, __FieldType::<u32>::SECRET],
                __Kind::Value,
            ),
            __Field::__new(
                "host",
                "String",
                [__FieldType::<String>::OPTIONAL, __FieldType::<String>::SECRET],
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
        pub fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::from_env(__TABLE)
        }
        /// The stage as deployed. If no stage is set, the declared stage that was chosen.
        #[must_use]
        pub fn stage(&self) -> &str {
            __private::Stage::deployed(&self.__stage)
        }
        /// The declared stage that was chosen.
        #[must_use]
        pub fn chosen(&self) -> &'static str {
            __private::Stage::chosen(&self.__stage)
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(__at: __private::At<'_>) -> Self {
            let [__0] = __at.names([0]);
            Self {
                stripe_secret_key: __0,
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
            let (__Some(__0), __Some(__1), __Some(__2)) = (
                { __FieldType::<SecretString>::NEW }
                    .__stage_config_read(__decoder.field(0)),
                match __decoder.chosen() {
                    "dev" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (5)),
                    "prod" => { __FieldType::<u32>::NEW }.__stage_config_make(|| (50)),
                    _ => __decoder.undeclared(1),
                },
                match __decoder.chosen() {
                    "dev" => {
                        { __FieldType::<String>::NEW }
                            .__stage_config_literal(__decoder.literal(2, "localhost"))
                    }
                    "prod" => {
                        { __FieldType::<String>::NEW }
                            .__stage_config_make(|| (region_host()))
                    }
                    _ => __decoder.undeclared(2),
                },
            ) else { return __None };
            __Some(Self {
                stripe_secret_key: __0,
                max_connections: __1,
                host: __2,
            })
        }
        fn __check_literals(__decoder: &mut __private::Decoder<'_>) {
            let _ = { __FieldType::<String>::NEW }
                .__stage_config_literal(__decoder.check_literal(2, "dev", "localhost"));
        }
    }
    const _: () = ::core::assert!(
        ! __FieldType:: < u32 > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"…\")]`"
    );
    const _: () = { __FieldType::<String>::WRITTEN }
        .refuse(__FieldType::<String>::OPTIONAL, "localhost");
    const _: () = ::core::assert!(
        ! __FieldType:: < String > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"…\")]`"
    );
};
