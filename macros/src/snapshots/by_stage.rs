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
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
pub struct ConfigNames {
    /// The name of the parameter that `stripe_secret_key` is read from.
    pub stripe_secret_key: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(dead_code)]
impl ConfigNames {
    /// The names at the stage that a deployment is called.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    pub fn for_stage(
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
    pub fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
        ::core::result::Result::map(
            ::stage_config::__private::At::from_env::<Config>(),
            Self::__at,
        )
    }
    /// The stage as deployed; where none was given, the one that was chosen.
    #[must_use]
    pub fn stage(&self) -> &str {
        ::stage_config::__private::Stage::deployed(&self.__stage)
    }
    /// The declared stage that was chosen.
    #[must_use]
    pub fn chosen(&self) -> &'static str {
        ::stage_config::__private::Stage::chosen(&self.__stage)
    }
    fn __at(__at: ::stage_config::__private::At) -> Self {
        let [__0] = ::stage_config::__private::At::names(
            &__at,
            <Config as ::stage_config::StageConfig>::PARAMETERS,
            [0],
        );
        Self {
            stripe_secret_key: __0,
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
                declared: &["dev", "prod"],
                aliases: &[],
                fallback: ::core::option::Option::Some("dev"),
                allow_near_misses: false,
            },
            variable: ::core::option::Option::None,
            fields: &[
                ::stage_config::Field {
                    name: "stripe_secret_key",
                    doc: "Stripe secret key",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::ByStage(
                            &[
                                ("dev", "/stripeSecretKey/test"),
                                ("prod", "/stripeSecretKey/live"),
                            ],
                        ),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<
                        SecretString,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<SecretString>::SECRET,
                    ty: "SecretString",
                },
                ::stage_config::Field {
                    name: "max_connections",
                    doc: "",
                    kind: ::stage_config::Kind::Value,
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<u32>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<u32>::SECRET,
                    ty: "u32",
                },
                ::stage_config::Field {
                    name: "host",
                    doc: "",
                    kind: ::stage_config::Kind::Value,
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<String>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<String>::SECRET,
                    ty: "String",
                },
            ],
        }
    };
    type __Names = ConfigNames;
    fn __assemble(
        __values: &mut ::stage_config::__private::Decoder<'_>,
    ) -> ::core::option::Option<Self> {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let (
            ::core::option::Option::Some(__0),
            ::core::option::Option::Some(__1),
            ::core::option::Option::Some(__2),
        ) = (
            { ::stage_config::__private::FieldType::<SecretString>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::Decoder::field(__values, 0),
                ),
            match ::stage_config::__private::Decoder::chosen(__values) {
                "dev" => {
                    { ::stage_config::__private::FieldType::<u32>::NEW }
                        .__stage_config_make(|| (5))
                }
                "prod" => {
                    { ::stage_config::__private::FieldType::<u32>::NEW }
                        .__stage_config_make(|| (50))
                }
                _ => ::stage_config::__private::Decoder::undeclared(__values, 1),
            },
            match ::stage_config::__private::Decoder::chosen(__values) {
                "dev" => {
                    { ::stage_config::__private::FieldType::<String>::NEW }
                        .__stage_config_literal(
                            ::stage_config::__private::Decoder::literal(
                                __values,
                                2,
                                "localhost",
                            ),
                        )
                }
                "prod" => {
                    { ::stage_config::__private::FieldType::<String>::NEW }
                        .__stage_config_make(|| (region_host()))
                }
                _ => ::stage_config::__private::Decoder::undeclared(__values, 2),
            },
        ) else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self {
            stripe_secret_key: __0,
            max_connections: __1,
            host: __2,
        })
    }
    fn __check_literals(__values: &mut ::stage_config::__private::Decoder<'_>) {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let _ = { ::stage_config::__private::FieldType::<String>::NEW }
            .__stage_config_literal(
                ::stage_config::__private::Decoder::check_literal(
                    __values,
                    2,
                    "dev",
                    "localhost",
                ),
            );
    }
    fn __parameters(__at: ::stage_config::__private::At) -> Self::__Names {
        ConfigNames::__at(__at)
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
const _: () = {
    #[allow(unused_imports)]
    use ::stage_config::__private::FieldTypeDefaults as _;
    const _: () = { ::stage_config::__private::FieldType::<String>::WRITTEN }
        .refuse(::stage_config::__private::FieldType::<String>::OPTIONAL, "localhost");
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < String > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"/app/key\")]`"
    );
};
