// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     struct Config {
//         #[stage]
//         stage: String,
//         #[env("TABLE_NAME", default = "orders")]
//         table: String,
//         #[ssm("/timeout", default = Duration::from_secs(5))]
//         timeout: Duration,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
struct ConfigNames {
    /// The name of the parameter that `timeout` is read from.
    timeout: ::stage_config::__private::Cow<'static, str>,
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
        let [__2] = ::stage_config::__private::At::names(
            &__at,
            <Config as ::stage_config::StageConfig>::PARAMETERS,
            [2],
        );
        Self {
            timeout: __2,
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
            fields: &[
                ::stage_config::Field {
                    name: "stage",
                    doc: "",
                    kind: ::stage_config::Kind::Stage,
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<String>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<String>::SECRET,
                    ty: "String",
                },
                ::stage_config::Field {
                    name: "table",
                    doc: "",
                    kind: ::stage_config::Kind::Env("TABLE_NAME"),
                    json_key: ::core::option::Option::None,
                    optional: true,
                    default: ::core::option::Option::Some("\"orders\""),
                    secret: ::stage_config::__private::FieldType::<String>::SECRET,
                    ty: "String",
                },
                ::stage_config::Field {
                    name: "timeout",
                    doc: "",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::Same("/timeout"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: true,
                    default: ::core::option::Option::Some("Duration::from_secs(5)"),
                    secret: ::stage_config::__private::FieldType::<Duration>::SECRET,
                    ty: "Duration",
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
            { ::stage_config::__private::FieldType::<String>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::Decoder::field(__values, 0),
                ),
            { ::stage_config::__private::FieldType::<String>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::FieldDecoder::or_literal(
                        ::stage_config::__private::Decoder::field(__values, 1),
                        "orders",
                    ),
                ),
            { ::stage_config::__private::FieldType::<Duration>::NEW }
                .__stage_config_read_or(
                    ::stage_config::__private::Decoder::field(__values, 2),
                    || (Duration::from_secs(5)),
                ),
        ) else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self {
            stage: __0,
            table: __1,
            timeout: __2,
        })
    }
    fn __check_literals(__values: &mut ::stage_config::__private::Decoder<'_>) {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let _ = { ::stage_config::__private::FieldType::<String>::NEW }
            .__stage_config_read(
                ::stage_config::__private::Decoder::check_literal(
                    __values,
                    1,
                    "",
                    "orders",
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
        ! ::stage_config::__private::FieldType:: < String > ::OPTIONAL,
        "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
    );
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < String > ::SECRET,
        "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
    );
    { ::stage_config::__private::FieldType::<String>::WRITTEN }
        .refuse(::stage_config::__private::FieldType::<String>::OPTIONAL, "orders");
};
const _: () = {
    #[allow(unused_imports)]
    use ::stage_config::__private::FieldTypeDefaults as _;
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < Duration > ::OPTIONAL,
        "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
    );
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < Duration > ::SECRET,
        "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
    );
};
