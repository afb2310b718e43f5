import type { ExampleSubmission } from './submission.ts';

export const binhai: ExampleSubmission = {
	key: 'binhai',
	language: 'zh',
	author: 46,
	organisation: 'binhai',
	sector: 'Academia',
	region: '中国',
	title: '从农村学校看互联网公共政策',
	abstract: '四轮跟踪调查的启示:写清楚谁负责,按时公布结果,认真给出答复。',
	passages: [
		{
			quote: '政府的作用是创造良好的环境,而不是代替其他各方作出决定',
			stances: [
				['supports', 'lianghao-huanjing'],
				['supports', 'enabling-framework']
			]
		},
		{ quote: '各方在不同问题上的作用应当逐项商定', stances: [['supports', 'tema-por-tema']] },
		{
			quote: '会议文件如能提前六周用六种正式语文发出,效果可能好于增加席位。',
			stances: [
				['supports', 'six-langues'],
				['supports', 'fazhanzhong-guojia']
			]
		},
		{ quote: '把农村学校和卫生院优先接入宽带,由政府和运营商共同出资,并把维护费用写进合同', stances: [['raises', 'nongcun']] },
		{
			quote: '技术手段可以保留,但不能代替教育。',
			stances: [
				['supports', 'filters-last'],
				['supports', 'ertong']
			]
		},
		{ quote: '公共机构应当率先使用 IPv6,并每年公布进展。', stances: [['supports', 'ipv6']] },
		{ quote: '因此我们对这项建议持保留意见。', stances: [['opposes', 'real-names']] },
		{ quote: '政府应以开放格式公布咨询收到的全部意见,使任何人都能核对和分析。', stances: [['supports', 'gongkai-shuju']] }
	]
};
