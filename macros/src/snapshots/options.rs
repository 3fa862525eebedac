// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     #[stage_config(stages(dev, staging, prod), fallback = staging, stage_env = "DEPLOY_STAGE")]
//     #[stage_config(allow_near_misses, names = Names, crate = crate::reexported::stage_config)]
//     pub struct Config {
//         #[ssm(prod = "/key/prod", dev = "/key/dev", staging = "/key/staging")]
//         pub r#type: Vec<String>,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
pub struct Names {
    /// The name of the parameter that `type` is read from.
    pub r#type: crate::reexported::stage_config::__private::Cow<'static, str>,
    __stage: crate::reexported::stage_config::__private::Stage,
}
#[allow(dead_code)]
impl Names {
    /// The names at the stage that a deployment is called.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    pub fn for_stage(
        stage: &str,
    ) -> ::core::result::Result<Self, crate::reexported::stage_config::StageError> {
        ::core::result::Result::map(
            crate::reexported::stage_config::__private::At::deployed::<Config>(stage),
            Self::__at,
        )
    }
    /// The names at the stage that the environment holds.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    pub fn from_env() -> ::core::result::Result<
        Self,
        crate::reexported::stage_config::StageError,
    > {
        ::core::result::Result::map(
            crate::reexported::stage_config::__private::At::from_env::<Config>(),
            Self::__at,
        )
    }
    /// The stage as deployed; where none was given, the one that was chosen.
    #[must_use]
    pub fn stage(&self) -> &str {
        crate::reexported::stage_config::__private::Stage::deployed(&self.__stage)
    }
    /// The declared stage that was chosen.
    #[must_use]
    pub fn chosen(&self) -> &'static str {
        crate::reexported::stage_config::__private::Stage::chosen(&self.__stage)
    }
    fn __at(__at: crate::reexported::stage_config::__private::At) -> Self {
        let [__0] = crate::reexported::stage_config::__private::At::names(
            &__at,
            <Config as crate::reexported::stage_config::StageConfig>::PARAMETERS,
            [0],
        );
        Self {
            r#type: __0,
            __stage: crate::reexported::stage_config::__private::At::into_stage(__at),
        }
    }
}
#[automatically_derived]
#[allow(deprecated, unused_braces, unused_parens)]
impl crate::reexported::stage_config::StageConfig for Config {
    const PARAMETERS: &'static crate::reexported::stage_config::ParameterTable = {
        use crate::reexported::stage_config::__private::FieldTypeDefaults as _;
        &crate::reexported::stage_config::ParameterTable {
            config: "Config",
            stages: crate::reexported::stage_config::Stages {
                declared: &["dev", "staging", "prod"],
                aliases: &[],
                fallback: ::core::option::Option::Some("staging"),
                allow_near_misses: true,
            },
            variable: ::core::option::Option::Some("DEPLOY_STAGE"),
            fields: &[
                crate::reexported::stage_config::Field {
                    name: "type",
                    doc: "",
                    kind: crate::reexported::stage_config::Kind::Ssm(
                        crate::reexported::stage_config::Names::ByStage(
                            &[
                                ("dev", "/key/dev"),
                                ("staging", "/key/staging"),
                                ("prod", "/key/prod"),
                            ],
                        ),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: crate::reexported::stage_config::__private::FieldType::<
                        Vec<String>,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: crate::reexported::stage_config::__private::FieldType::<
                        Vec<String>,
                    >::SECRET,
                    ty: "Vec<String>",
                },
            ],
        }
    };
    type __Names = Names;
    fn __assemble(
        __values: &mut crate::reexported::stage_config::__private::Decoder<'_>,
    ) -> ::core::option::Option<Self> {
        use crate::reexported::stage_config::__private::FieldTypeDefaults as _;
        let (::core::option::Option::Some(__0),) = (
            { crate::reexported::stage_config::__private::FieldType::<Vec<String>>::NEW }
                .__stage_config_read(
                    crate::reexported::stage_config::__private::Decoder::field(
                        __values,
                        0,
                    ),
                ),
        ) else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self { r#type: __0 })
    }
    fn __parameters(
        __at: crate::reexported::stage_config::__private::At,
    ) -> Self::__Names {
        Names::__at(__at)
    }
}
