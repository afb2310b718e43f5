-- What the check of a report names is a remark: a finding will be a statement about agreement.

alter table finding_waivers rename to remark_waivers;
alter table remark_waivers rename column finding to remark;
alter table remark_waivers rename constraint finding_waivers_pkey to remark_waivers_pkey;
alter table remark_waivers rename constraint finding_waivers_reason_check to remark_waivers_reason_check;
alter table remark_waivers rename constraint finding_waivers_version_exists to remark_waivers_version_exists;
