"""The groups of commands with what each is for, as the help page of the program lists them.

They stand apart from the commands, so that the page can be shown without loading any.
"""

GROUPS = {
    "household": "困难家庭：名单，一户的情况和历史，退出、迁居、分户等变动。",
    "cadre": "干部：名单，一名干部的结对户；离任、调动、接替。",
    "pair": "结对：自动配对，手工结对，查看名单。",
    "visit": "走访：登记，更正，查看，本季度还有谁没有走访。",
    "survey": "四清调查：家庭情况清、致困原因清、就业技能清、帮扶需求清，登记和查看。",
    "measure": "帮扶措施：计划做什么、谁负责、什么时候兑现；走访时的承诺也在这里。",
    "condition": "家庭状况：收入、住房、就业、就学、参保，按日期记，供帮扶前后对比。",
    "story": "典型事迹：登记、撤回、查看、存成可打印的工作簿；季度报表自动计数并附上全文。",
    "inspect": "督查：抽取要核实的户，登记核实结果，出走访情况通报。",
    "aid": "救助事项：医药费、危房、临时救助、困境儿童、低保分档定额，按这些计算补助。",
    "subsidy": "补助：计算，查看，逐步说明，批准，作废，出发放清单，找补发差额。",
    "policy": "政策标准：现行的数值和出处，县里没有定的，检查和比较本县的政策文件。",
    "report": "报表：季度报表和结对汇总表，存成可打印的工作簿。",
    "duplicates": "疑似重复：可能是同一户、同一个人的，合并，或定为两个。",
    "log": "操作记录：谁在什么时候做了什么。",
}
"""Each is a module of that name with an `app`; in the order of the help page."""
