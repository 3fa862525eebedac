// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     pub(crate) struct Config {
//         #[ssm("/limit")]
//         pub(crate) limit: u32,
//         #[ssm("/flag:3")]
//         pub(crate) flag: Option<bool>,
//         #[value("+14151234567")]
//         admin: &'static str,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
pub(crate) struct ConfigNames {
    /// The name of the parameter that `limit` is read from.
    pub(crate) limit: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `flag` is read from.
    pub(crate) flag: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(dead_code)]
impl ConfigNames {
    /// The names at the stage that a deployment is called.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    pub(crate) fn for_stage(
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
    pub(crate) fn from_env() -> ::core::result::Result<
        Self,
        ::stage_config::StageError,
    > {
        ::core::result::Result::map(
            ::stage_config::__private::At::from_env::<Config>(),
            Self::__at,
        )
    }
    /// The stage as deployed; where none was given, the one that was chosen.
    #[must_use]
    pub(crate) fn stage(&self) -> &str {
        ::stage_config::__private::Stage::deployed(&self.__stage)
    }
    /// The declared stage that was chosen.
    #[must_use]
    pub(crate) fn chosen(&self) -> &'static str {
        ::stage_config::__private::Stage::chosen(&self.__stage)
    }
    fn __at(__at: ::stage_config::__private::At) -> Self {
        let [__0, __1] = ::stage_config::__private::At::names(
            &__at,
            <Config as ::stage_config::StageConfig>::PARAMETERS,
            [0, 1],
        );
        Self {
            limit: __0,
            flag: __1,
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
                    name: "limit",
                    doc: "",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::Same("/limit"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<u32>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<u32>::SECRET,
                    ty: "u32",
                },
                ::stage_config::Field {
                    name: "flag",
                    doc: "",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::Same("/flag:3"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<
                        Option<bool>,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<Option<bool>>::SECRET,
                    ty: "Option<bool>",
                },
                ::stage_config::Field {
                    name: "admin",
                    doc: "",
                    kind: ::stage_config::Kind::Value,
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<
                        &'static str,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<&'static str>::SECRET,
                    ty: "&'static str",
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
            { ::stage_config::__private::FieldType::<u32>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::Decoder::field(__values, 0),
                ),
            { ::stage_config::__private::FieldType::<Option<bool>>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::Decoder::field(__values, 1),
                ),
            { ::stage_config::__private::FieldType::<&'static str>::NEW }
                .__stage_config_literal(
                    ::stage_config::__private::Decoder::literal(
                        __values,
                        2,
                        "+14151234567",
                    ),
                ),
        ) else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self {
            limit: __0,
            flag: __1,
            admin: __2,
        })
    }
    fn __check_literals(__values: &mut ::stage_config::__private::Decoder<'_>) {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let _ = { ::stage_config::__private::FieldType::<&'static str>::NEW }
            .__stage_config_literal(
                ::stage_config::__private::Decoder::check_literal(
                    __values,
                    2,
                    "",
                    "+14151234567",
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
    const _: () = { ::stage_config::__private::FieldType::<&'static str>::WRITTEN }
        .refuse(
            ::stage_config::__private::FieldType::<&'static str>::OPTIONAL,
            "+14151234567",
        );
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < & 'static str > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"/app/key\")]`"
    );
};
