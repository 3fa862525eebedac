//! The operations that the store serves.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    GetParameter,
    GetParameters,
    GetParametersByPath,
    PutParameter,
    DeleteParameter,
    DescribeParameters,
    LabelParameterVersion,
}

impl Operation {
    pub(crate) const ALL: [Self; 7] = [
        Self::GetParameter,
        Self::GetParameters,
        Self::GetParametersByPath,
        Self::PutParameter,
        Self::DeleteParameter,
        Self::DescribeParameters,
        Self::LabelParameterVersion,
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.as_str() == name)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::GetParameter => "GetParameter",
            Self::GetParameters => "GetParameters",
            Self::GetParametersByPath => "GetParametersByPath",
            Self::PutParameter => "PutParameter",
            Self::DeleteParameter => "DeleteParameter",
            Self::DescribeParameters => "DescribeParameters",
            Self::LabelParameterVersion => "LabelParameterVersion",
        }
    }
}
