import type { ExampleIdea } from './idea.ts';

export const chinese: readonly ExampleIdea[] = [
	{
		key: 'lianghao-huanjing',
		question: 'role',
		author: 9,
		point: '政府的作用是创造良好的环境,而不是代替其他各方作出决定。',
		reception: 'welcome'
	},
	{
		key: 'fazhanzhong-guojia',
		question: 'role',
		author: 46,
		point: '发展中国家应当在国际互联网公共政策的讨论中享有同等的发言机会。',
		explanation: '发言机会不只是席位:还包括经费、翻译和足够的准备时间。',
		reception: 'consensus'
	},
	{
		key: 'ertong',
		question: 'issues',
		author: 18,
		point: '保护儿童上网安全,需要学校、家长和企业共同承担责任。',
		reception: 'consensus'
	},
	{
		key: 'ipv6',
		question: 'issues',
		author: 39,
		point: '公共机构应当率先使用 IPv6,并公布进展。',
		reception: { unheardFrom: ['civil-society', 'intergovernmental'] }
	},
	{
		key: 'nongcun',
		question: 'issues',
		author: 46,
		point: '把农村学校和卫生院优先接入宽带,由政府和运营商共同出资。',
		reception: 'welcome'
	},
	{
		key: 'gongkai-shuju',
		question: 'interaction',
		author: 39,
		point: '政府应以开放格式公布咨询收到的全部意见,方便任何人核对和分析。',
		reception: 'welcome'
	}
];
