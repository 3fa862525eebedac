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
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
struct ConfigNames {
    /// The name of the parameter that `limit` is read from.
    limit: ::stage_config::__private::Cow<'static, str>,
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
        let [__0] = ::stage_config::__private::At::names(
            &__at,
            <Config as ::stage_config::StageConfig>::PARAMETERS,
            [0],
        );
        Self {
            limit: __0,
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
                declared: &["dev", "prod", "pre-prod"],
                aliases: &[("production", "prod")],
                fallback: ::core::option::Option::Some("pre-prod"),
                allow_near_misses: false,
            },
            variable: ::core::option::Option::None,
            fields: &[
                ::stage_config::Field {
                    name: "limit",
                    doc: "",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::Same("/app/{stage}/limit"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<u32>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<u32>::SECRET,
                    ty: "u32",
                },
                ::stage_config::Field {
                    name: "connections",
                    doc: "",
                    kind: ::stage_config::Kind::Value,
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<u32>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<u32>::SECRET,
                    ty: "u32",
                },
            ],
        }
    };
    type __Names = ConfigNames;
    fn __assemble(
        __values: &mut ::stage_config::__private::Decoder<'_>,
    ) -> ::core::option::Option<Self> {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let (::core::option::Option::Some(__0), ::core::option::Option::Some(__1)) = (
            { ::stage_config::__private::FieldType::<u32>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::Decoder::field(__values, 0),
                ),
            match ::stage_config::__private::Decoder::chosen(__values) {
                "dev" => {
                    { ::stage_config::__private::FieldType::<u32>::NEW }
                        .__stage_config_make(|| (1))
                }
                "prod" => {
                    { ::stage_config::__private::FieldType::<u32>::NEW }
                        .__stage_config_make(|| (5))
                }
                "pre-prod" => {
                    { ::stage_config::__private::FieldType::<u32>::NEW }
                        .__stage_config_make(|| (2))
                }
                _ => ::stage_config::__private::Decoder::undeclared(__values, 1),
            },
        ) else {
            return ::core::option::Option::None;
        };
        let __config = Self {
            limit: __0,
            connections: __1,
        };
        let __check: fn(&Self) -> ::core::result::Result<(), _> = Self::check;
        ::stage_config::__private::Decoder::validate(__values, __check(&__config))?;
        ::core::option::Option::Some(__config)
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
