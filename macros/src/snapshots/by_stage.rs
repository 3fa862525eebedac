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
//         #[value("+14151234567")]
//         admin: &'static str,
//         #[env("TABLE_NAME", default = "orders")]
//         table: String,
//         #[ssm("/timeout", default = Duration::from_secs(5))]
//         timeout: Duration,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub struct ConfigNames {
    /// The name of the parameter that `stripe_secret_key` is read from.
    pub stripe_secret_key: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `timeout` is read from.
    timeout: ::stage_config::__private::Cow<'static, str>,
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
                .__reads(__FieldType::<SecretString>::READS)
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
            __Field::__new(
                "admin",
                "&'static str",
                [
                    __FieldType::<&'static str>::OPTIONAL,
                    __FieldType::<&'static str>::SECRET,
                ],
                __Kind::Value,
            ),
            __Field::__new(
                    "table",
                    "String",
                    [false, __FieldType::<String>::SECRET],
                    __Kind::Env("TABLE_NAME"),
                )
                .__reads(__FieldType::<String>::READS)
                .__default("\"orders\""),
            __Field::__new(
                    "timeout",
                    "Duration",
                    [false, __FieldType::<Duration>::SECRET],
                    __Kind::Ssm(__STAGES.__names(&["/timeout"])),
                )
                .__reads(__FieldType::<Duration>::READS)
                .__default("Duration::from_secs(5)"),
        ],
    );
    const __PARTS: &__private::Parts = &__private::Parts::new(
        b"\x06Config\x02\x03dev\x02\x03dev\x04prod\0\0\x06\x01\x03\x11stripe_secret_key\x0CSecretString\x11Stripe secret key\x02\x15/stripeSecretKey/test\x15/stripeSecretKey/live\0\0\x0Fmax_connections\x03u32\0\0\0\x04host\x06String\0\0\0\x05admin\x0C&'static str\0\x04\x02\x05table\x06String\x08\"orders\"\x01\nTABLE_NAME\x04\x03\x07timeout\x08Duration\x16Duration::from_secs(5)\x01\x08/timeout",
        &[],
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
            let __stage = __at.stage();
            let __0 = __at.group(|__at| (__at.name(0), __at.name(5)));
            Self {
                stripe_secret_key: __0.0,
                timeout: __0.1,
                __stage,
            }
        }
    }
    #[automatically_derived]
    impl ::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __TABLE;
        const __DESCRIPTION: &'static [u8] = &__private::Parts::array::<
            { __private::Parts::length(__PARTS, __TABLE) },
        >(__PARTS, __TABLE);
        type __Names = ConfigNames;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            let (__Some(__0),) = (
                __private::Decoder::group(
                    __decoder,
                    |__decoder| (
                        { __FieldType::<SecretString>::NEW }
                            .__stage_config_read(__decoder.field(0)),
                        match __decoder.chosen() {
                            "dev" => {
                                { __FieldType::<u32>::NEW }.__stage_config_make(|| (5))
                            }
                            "prod" => {
                                { __FieldType::<u32>::NEW }.__stage_config_make(|| (50))
                            }
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
                        { __FieldType::<&'static str>::NEW }
                            .__stage_config_literal(
                                __decoder.literal(3, "+14151234567"),
                            ),
                        { __FieldType::<String>::NEW }
                            .__stage_config_read(
                                __decoder.field(4).or_literal("orders"),
                            ),
                        { __FieldType::<Duration>::NEW }
                            .__stage_config_read_or(
                                __decoder.field(5),
                                || (Duration::from_secs(5)),
                            ),
                    ),
                ),
            ) else { return __None };
            __Some(Self {
                stripe_secret_key: __0.0,
                max_connections: __0.1,
                host: __0.2,
                admin: __0.3,
                table: __0.4,
                timeout: __0.5,
            })
        }
        fn __check_literals(__decoder: &mut __private::Decoder<'_>) {
            let _ = { __FieldType::<String>::NEW }
                .__stage_config_literal(__decoder.check_literal(2, "dev", "localhost"));
            let _ = { __FieldType::<&'static str>::NEW }
                .__stage_config_literal(__decoder.check_literal(3, "", "+14151234567"));
            let _ = { __FieldType::<String>::NEW }
                .__stage_config_read(__decoder.check_literal(4, "", "orders"));
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
    const _: () = { __FieldType::<&'static str>::WRITTEN }
        .refuse(__FieldType::<&'static str>::OPTIONAL, "+14151234567");
    const _: () = ::core::assert!(
        ! __FieldType:: < & 'static str > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"…\")]`"
    );
    const _: () = {
        ::core::assert!(
            ! __FieldType:: < String > ::OPTIONAL,
            "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
        );
        ::core::assert!(
            ! __FieldType:: < String > ::SECRET,
            "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
        );
        { __FieldType::<String>::WRITTEN }
            .refuse(__FieldType::<String>::OPTIONAL, "orders");
    };
    const _: () = {
        ::core::assert!(
            ! __FieldType:: < Duration > ::OPTIONAL,
            "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
        );
        ::core::assert!(
            ! __FieldType:: < Duration > ::SECRET,
            "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
        );
    };
};
