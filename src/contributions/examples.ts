/** The file of a form as the web page of a conference saved it. */
export function aFormFile(
	changes: Partial<Record<'title' | 'area' | 'region' | 'organization' | 'sector' | 'entitledBy' | 'document', string>> = {}
) {
	const form = {
		title: 'The role of governments',
		area: 'SET OF PRINCIPLES',
		region: 'Kenya, Africa',
		organization: 'University of Nairobi',
		sector: 'Academia',
		entitledBy: 'Ana Example',
		document: 'Governments should listen. They should decide together with others.',
		...changes
	};
	return [
		form.title,
		`Area: ${form.area}`,
		`Entitled by: ${form.entitledBy}`,
		`Region: ${form.region}`,
		`Organization: ${form.organization}`,
		`Sector: ${form.sector}`,
		'Keywords: roles, governments',
		'Abstract',
		'In short.',
		'Document',
		form.document
	].join('\r\n');
}
