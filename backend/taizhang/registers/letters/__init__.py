"""Letters of an application (依申请公开文书): text as data, composed from the case and its clock, laid out as 公文."""
