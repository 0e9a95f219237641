"""The rows of each named query over the two notices of factories.py, worked out by hand.

In short: of 2020, task 一 (区水务局 leads, 区财政局 supports; row 1 details it: 区水务局
primary), 二 (区水务局 and 北京排水集团 responsible, 各街乡 support), 三 (区教委, implied); of
2021, task 一 (区水务局 leads, 区财政局 and the unregistered 某某站 support). So 二, row 1
and the later 一 count, 三 where implied duties count too, and 一 of 2020 does not. Columns that hold IRIs of the data are left out.
"""

EXPECTED = {
    "acts-most-cited": """
    act_title | notices | mentions
    中华人民共和国水法 | 1 | 0
    关于印发《治水行动方案》的通知 | 1 | 0
    北京市水污染防治条例 | 1 | 0
    """,
    "basis-chains": """
    number | act_title
    朝政发〔2020〕2号 | 中华人民共和国水法
    朝政发〔2020〕2号 | 北京市水污染防治条例
    朝政发〔2021〕1号 | 中华人民共和国水法
    朝政发〔2021〕1号 | 关于印发《治水行动方案》的通知
    朝政发〔2021〕1号 | 北京市水污染防治条例
    """,
    "body-and-table": """
    number | label | side | name | role
    朝政发〔2020〕2号 | 一 | body | 北京市朝阳区水务局 | lead
    朝政发〔2020〕2号 | 一 | body | 北京市朝阳区财政局 | support
    朝政发〔2020〕2号 | 一 | table | 北京市朝阳区水务局 | primary
    """,
    "collective-units": """
    name | quantifier | frame_size | tasks
    各街乡 | all | 43 | 1
    """,
    "cross-level": """
    level_name | other_level_name | tasks
    县级 | 无层级 | 2
    乡级 | 无层级 | 1
    县级 | 乡级 | 1
    """,
    "deadlines": """
    number | label | kind_name | due | words | start
    朝政发〔2020〕2号 | 一 | by | 2020-06 | 2020年6月底前 | 56
    朝政发〔2020〕2号 | 三 | ongoing |  | 长期坚持 | 125
    朝政发〔2020〕2号 |  | by | 2021 | 2021年 | 188
    """,
    "enterprise-duties": """
    name | role | certainty | number | label | quote | start
    北京城市排水集团有限责任公司 | responsible | stated | 朝政发〔2020〕2号 | 二 | 由区水务局、北京排水集团负责 | 74
    """,
    "findings": """
    severity | rule | message | quote | start
    warning | no-lead | 无牵头单位 | 由区水务局、北京排水集团负责 | 74
    """,
    "function-pairs": """
    first_name | second_name | tasks
    水务 | 财政 | 1
    """,
    "group-hosts": """
    group_name | host_name | group_role | quote | start | number
    北京市朝阳区第七次全国人口普查领导小组 | 北京市朝阳区财政局 |  | 领导小组办公室设在区财政局 | 199 | 朝政发〔2020〕2号
    """,
    "group-members": """
    group_name | group_role | person | post | represents | start
    北京市朝阳区第七次全国人口普查领导小组 | 组长 | 王某 | 区长 |  | 149
    北京市朝阳区第七次全国人口普查领导小组 | 成员 | 李某 | 局长 | 北京市朝阳区水务局 | 158
    """,
    "implied-duties": """
    name | role | number | label | quote | start
    北京市朝阳区教育委员会 | responsible | 朝政发〔2020〕2号 | 三 | 区教委要 | 116
    """,
    "lead-support": """
    leader_name | other_name | tasks
    北京市朝阳区水务局 | 北京市朝阳区财政局 | 1
    北京市朝阳区水务局 | 某某站 | 1
    """,
    "later-notices": """
    number | date | later_number | later_date | relation | later_title
    朝政发〔2020〕2号 | 2020-03-07 | 朝政发〔2021〕1号 | 2021-02-01 | applies | 关于清淤的通知
    """,
    "load-by-function": """
    function_name | duties | lead | primary | responsible | support
    水务 | 3 | 1 | 1 | 1 | 0
    财政 | 1 | 0 | 0 | 0 | 1
    """,
    "load-by-kind": """
    kind_name | units | duties | lead | primary | responsible | support
    政府部门 | 2 | 4 | 1 | 1 | 1 | 1
    企业 | 1 | 1 | 0 | 0 | 1 | 0
    其他 | 1 | 1 | 0 | 0 | 0 | 1
    """,
    "load-by-level": """
    level_name | order | units | duties | lead | primary | responsible | support
    县级 | 4 | 2 | 4 | 1 | 1 | 1 | 1
    乡级 | 5 | 1 | 1 | 0 | 0 | 0 | 1
    无层级 | 6 | 2 | 2 | 0 | 0 | 1 | 1
    """,
    "load-by-notice": """
    number | name | tasks | lead | primary | responsible | support
    朝政发〔2020〕2号 | 北京市朝阳区水务局 | 2 | 0 | 1 | 1 | 0
    朝政发〔2020〕2号 | 北京城市排水集团有限责任公司 | 1 | 0 | 0 | 1 | 0
    朝政发〔2020〕2号 | 各街乡 | 1 | 0 | 0 | 0 | 1
    朝政发〔2021〕1号 | 北京市朝阳区水务局 | 1 | 1 | 0 | 0 | 0
    朝政发〔2021〕1号 | 北京市朝阳区财政局 | 1 | 0 | 0 | 0 | 1
    朝政发〔2021〕1号 | 某某站 | 1 | 0 | 0 | 0 | 1
    """,
    "load-by-place": """
    function_name | place_name | units | notices | duties | lead | primary | responsible | support
    水务 | 北京市朝阳区 | 1 | 2 | 3 | 1 | 1 | 1 | 0
    财政 | 北京市朝阳区 | 1 | 1 | 1 | 0 | 0 | 0 | 1
    """,
    "load-by-year": """
    year | name | tasks | lead | primary | responsible | support
    2020 | 北京市朝阳区水务局 | 2 | 0 | 1 | 1 | 0
    2020 | 北京城市排水集团有限责任公司 | 1 | 0 | 0 | 1 | 0
    2020 | 各街乡 | 1 | 0 | 0 | 0 | 1
    2021 | 北京市朝阳区水务局 | 1 | 1 | 0 | 0 | 0
    2021 | 北京市朝阳区财政局 | 1 | 0 | 0 | 0 | 1
    2021 | 某某站 | 1 | 0 | 0 | 0 | 1
    """,
    "most-partners": """
    name | partners | tasks
    北京市朝阳区水务局 | 4 | 2
    北京城市排水集团有限责任公司 | 2 | 1
    北京市朝阳区财政局 | 2 | 1
    各街乡 | 2 | 1
    某某站 | 2 | 1
    """,
    "never-lead": """
    name | tasks | lead | primary | responsible | support
    北京市朝阳区财政局 | 1 | 0 | 0 | 0 | 1
    各街乡 | 1 | 0 | 0 | 0 | 1
    某某站 | 1 | 0 | 0 | 0 | 1
    北京城市排水集团有限责任公司 | 1 | 0 | 0 | 1 | 0
    """,
    "notice-chains": """
    number | from_number | relation | act_title | act_number
    朝政发〔2020〕2号 | 朝政发〔2020〕2号 | applies | 北京市水污染防治条例 |
    朝政发〔2020〕2号 | 朝政发〔2020〕2号 | basis | 中华人民共和国水法 |
    朝政发〔2021〕1号 | 朝政发〔2020〕2号 | applies | 北京市水污染防治条例 |
    朝政发〔2021〕1号 | 朝政发〔2020〕2号 | basis | 中华人民共和国水法 |
    朝政发〔2021〕1号 | 朝政发〔2021〕1号 | applies | 关于印发《治水行动方案》的通知 | 朝政发〔2020〕2号
    """,
    "notices-citing": """
    number | title | relation | act_title | quote | start
    朝政发〔2020〕2号 | 关于印发《治水行动方案》的通知 | basis | 中华人民共和国水法 | 《中华人民共和国水法》 | 18
    朝政发〔2020〕2号 | 关于印发《治水行动方案》的通知 | applies | 北京市水污染防治条例 | 《北京市水污染防治条例》 | 173
    朝政发〔2021〕1号 | 关于清淤的通知 | applies | 关于印发《治水行动方案》的通知 | 朝政发〔2020〕2号 | 34
    """,
    "notices": """
    number | title | date | tasks
    朝政发〔2020〕2号 | 关于印发《治水行动方案》的通知 | 2020-03-07 | 2
    朝政发〔2021〕1号 | 关于清淤的通知 | 2021-02-01 | 1
    """,
    "repeals": """
    number | date | relation | act_title | act_number | act_date | tasks | quote | start | act
    """,
    "seats-by-person": """
    person | represents | groups
    李某 | 北京市朝阳区水务局 | 1
    王某 |  | 1
    """,
    "seats-by-unit": """
    name | groups | seats
    北京市朝阳区水务局 | 1 | 1
    """,
    "targets": """
    number | label | subject | comparator | value | measure | quote | start
    朝政发〔2020〕2号 | 二 | 污水处理率 | >= | 99.7 | % | 污水处理率达到99.7%以上 | 89
    """,
    "tasks-by-month": """
    month | tasks | units
    2020-06 | 1 | 2
    """,
    "tasks-most-units": """
    number | label | units | text
    朝政发〔2020〕2号 | 二 | 3 | 排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。
    朝政发〔2021〕1号 | 一 | 3 | 清淤。区水务局牵头，区财政局、某某站配合。
    朝政发〔2020〕2号 | 行/1 | 1 | 治水到户。
    """,
    "tasks-on-repealed": """
    repealed_number | by_number | since | ground | number | label | text | task
    """,
    "tasks-without-lead": """
    number | label | units | text
    朝政发〔2020〕2号 | 二 | 3 | 排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。
    """,
    "unit-due": """
    name | due | words | number | label | certainty | text
    北京市朝阳区水务局 | 2020-06-30 | 2020年6月底前 | 朝政发〔2020〕2号 | 一 | stated | 治水。区水务局牵头，区财政局配合，2020年6月底前完成。
    北京市朝阳区财政局 | 2020-06-30 | 2020年6月底前 | 朝政发〔2020〕2号 | 一 | stated | 治水。区水务局牵头，区财政局配合，2020年6月底前完成。
    """,
    "unit-lineage": """
    name | date | change_name | original_name | result_name | part_only | unit
    """,
    "unit-load": """
    name | tasks | lead | primary | responsible | support
    北京市朝阳区水务局 | 3 | 1 | 1 | 1 | 0
    北京城市排水集团有限责任公司 | 1 | 0 | 0 | 1 | 0
    北京市朝阳区财政局 | 1 | 0 | 0 | 0 | 1
    各街乡 | 1 | 0 | 0 | 0 | 1
    某某站 | 1 | 0 | 0 | 0 | 1
    """,
    "unit-pairs": """
    first_name | second_name | tasks
    北京城市排水集团有限责任公司 | 北京市朝阳区水务局 | 1
    北京城市排水集团有限责任公司 | 各街乡 | 1
    北京市朝阳区水务局 | 北京市朝阳区财政局 | 1
    北京市朝阳区水务局 | 各街乡 | 1
    北京市朝阳区水务局 | 某某站 | 1
    北京市朝阳区财政局 | 某某站 | 1
    """,
    "unit-partners": """
    name | other_name | tasks | unit_leads | partner_leads
    北京城市排水集团有限责任公司 | 北京市朝阳区水务局 | 1 | 0 | 0
    北京城市排水集团有限责任公司 | 各街乡 | 1 | 0 | 0
    北京市朝阳区水务局 | 北京城市排水集团有限责任公司 | 1 | 0 | 0
    北京市朝阳区水务局 | 北京市朝阳区财政局 | 1 | 1 | 0
    北京市朝阳区水务局 | 各街乡 | 1 | 0 | 0
    北京市朝阳区水务局 | 某某站 | 1 | 1 | 0
    北京市朝阳区财政局 | 北京市朝阳区水务局 | 1 | 0 | 1
    北京市朝阳区财政局 | 某某站 | 1 | 0 | 0
    各街乡 | 北京城市排水集团有限责任公司 | 1 | 0 | 0
    各街乡 | 北京市朝阳区水务局 | 1 | 0 | 0
    某某站 | 北京市朝阳区水务局 | 1 | 0 | 1
    某某站 | 北京市朝阳区财政局 | 1 | 0 | 0
    """,
    "unit-tasks": """
    name | number | label | role_word | certainty | quote | start | text
    北京城市排水集团有限责任公司 | 朝政发〔2020〕2号 | 二 | responsible | stated | 由区水务局、北京排水集团负责 | 74 | 排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。
    北京市朝阳区教育委员会 | 朝政发〔2020〕2号 | 三 | responsible | implied | 区教委要 | 116 | 宣传。区教委要加强宣传，长期坚持。
    北京市朝阳区水务局 | 朝政发〔2020〕2号 | 一 | lead | stated | 区水务局牵头 | 42 | 治水。区水务局牵头，区财政局配合，2020年6月底前完成。
    北京市朝阳区水务局 | 朝政发〔2020〕2号 | 二 | responsible | stated | 由区水务局、北京排水集团负责 | 74 | 排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。
    北京市朝阳区水务局 | 朝政发〔2020〕2号 | 行/1 | primary | stated | 主责单位：区水务局 | 139 | 治水到户。
    北京市朝阳区水务局 | 朝政发〔2021〕1号 | 一 | lead | stated | 区水务局牵头 | 13 | 清淤。区水务局牵头，区财政局、某某站配合。
    北京市朝阳区财政局 | 朝政发〔2020〕2号 | 一 | support | stated | 区财政局配合 | 49 | 治水。区水务局牵头，区财政局配合，2020年6月底前完成。
    北京市朝阳区财政局 | 朝政发〔2021〕1号 | 一 | support | stated | 区财政局、某某站配合 | 20 | 清淤。区水务局牵头，区财政局、某某站配合。
    各街乡 | 朝政发〔2020〕2号 | 二 | support | stated | 各街乡配合 | 104 | 排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。
    某某站 | 朝政发〔2021〕1号 | 一 | support | stated | 区财政局、某某站配合 | 20 | 清淤。区水务局牵头，区财政局、某某站配合。
    """,
    "unregistered-units": """
    name | tasks
    某某站 | 1
    """,
}

PLAN_NOTICE = "北京市朝阳区人民政府关于印发《朝阳区河道治理行动方案》的通知"
"""The title of 朝政发〔2019〕3号, which the notices of tests/documents/across cite."""

EXPECTED_ACROSS = {
    "acts-most-cited": f"""
    act_title | notices | mentions
    {PLAN_NOTICE} | 2 | 1
    中华人民共和国水法 | 1 | 0
    朝阳区河道管理办法 | 1 | 0
    朝阳区防汛工作方案 | 1 | 0
    防汛重点工作安排 | 1 | 0
    """,
    "basis-chains": f"""
    number | act_title
    朝政办发〔2020〕11号 | 中华人民共和国水法
    朝政办发〔2020〕11号 | {PLAN_NOTICE}
    朝政办发〔2020〕15号 | 朝阳区防汛工作方案
    朝政办发〔2020〕4号 | 朝阳区河道管理办法
    朝政办发〔2020〕8号 | 中华人民共和国水法
    朝政办发〔2020〕8号 | {PLAN_NOTICE}
    朝政发〔2019〕3号 | 中华人民共和国水法
    海政发〔2020〕6号 | 防汛重点工作安排
    """,
    "later-notices": """
    number | date | later_number | later_date | relation | later_title
    朝政办发〔2018〕5号 | 2018-05-01 | 朝政办发〔2019〕9号 | 2019-06-01 | same_title | 北京市朝阳区人民政府办公室关于印发《朝阳区防汛工作方案》的通知
    朝政发〔2019〕3号 | 2019-05-10 | 朝政办发〔2020〕8号 | 2020-03-02 | applies | 北京市朝阳区人民政府办公室关于加强河道巡查工作的通知
    朝政发〔2019〕3号 | 2019-05-10 | 朝政办发〔2020〕11号 | 2020-04-20 | basis | 北京市朝阳区人民政府办公室关于下达河道治理资金的通知
    朝政发〔2019〕3号 | 2019-05-10 | 海政发〔2020〕6号 | 2020-06-08 | cites | 北京市海淀区人民政府关于加强河道管理的通知
    朝政发〔2019〕3号 | 2019-05-10 | 朝政发〔2021〕2号 | 2021-01-15 | repeals | 北京市朝阳区人民政府关于印发《朝阳区河道管理办法》的通知
    """,
    "load-by-place": """
    function_name | place_name | units | notices | duties | lead | primary | responsible | support
    住房和城乡建设 | 北京市朝阳区 | 1 | 1 | 1 | 0 | 0 | 0 | 1
    园林绿化 | 北京市朝阳区 | 1 | 1 | 1 | 0 | 0 | 0 | 1
    城市管理 | 北京市朝阳区 | 1 | 2 | 2 | 0 | 0 | 0 | 2
    应急管理 | 北京市朝阳区 | 1 | 4 | 4 | 4 | 0 | 0 | 0
    政务服务管理 | 北京市朝阳区 | 1 | 1 | 1 | 1 | 0 | 0 | 0
    水务 | 北京市朝阳区 | 1 | 6 | 9 | 3 | 0 | 1 | 5
    水务 | 北京市海淀区 | 1 | 1 | 1 | 1 | 0 | 0 | 0
    生态环境 | 北京市朝阳区 | 1 | 1 | 1 | 1 | 0 | 0 | 0
    财政 | 北京市朝阳区 | 1 | 5 | 5 | 1 | 0 | 0 | 4
    财政 | 北京市海淀区 | 1 | 1 | 1 | 0 | 0 | 0 | 1
    """,
    "load-by-year": """
    year | name | tasks | lead | primary | responsible | support
    2018 | 北京市朝阳区应急管理局 | 1 | 1 | 0 | 0 | 0
    2018 | 北京市朝阳区财政局 | 1 | 0 | 0 | 0 | 1
    2019 | 北京市朝阳区水务局 | 2 | 1 | 0 | 0 | 1
    2019 | 北京市朝阳区财政局 | 2 | 0 | 0 | 0 | 2
    2019 | 北京市朝阳区城市管理委员会 | 1 | 0 | 0 | 0 | 1
    2019 | 北京市朝阳区应急管理局 | 1 | 1 | 0 | 0 | 0
    2019 | 北京市朝阳区生态环境局 | 1 | 1 | 0 | 0 | 0
    2020 | 北京市朝阳区水务局 | 6 | 1 | 0 | 1 | 4
    2020 | 北京市朝阳区应急管理局 | 2 | 2 | 0 | 0 | 0
    2020 | 北京市朝阳区住房和城乡建设委员会 | 1 | 0 | 0 | 0 | 1
    2020 | 北京市朝阳区园林绿化局 | 1 | 0 | 0 | 0 | 1
    2020 | 北京市朝阳区政务服务管理局 | 1 | 1 | 0 | 0 | 0
    2020 | 北京市朝阳区财政局 | 1 | 1 | 0 | 0 | 0
    2020 | 北京市海淀区水务局 | 1 | 1 | 0 | 0 | 0
    2020 | 北京市海淀区财政局 | 1 | 0 | 0 | 0 | 1
    2021 | 北京市朝阳区城市管理委员会 | 1 | 0 | 0 | 0 | 1
    2021 | 北京市朝阳区水务局 | 1 | 1 | 0 | 0 | 0
    2021 | 北京市朝阳区财政局 | 1 | 0 | 0 | 0 | 1
    """,
    "notice-chains": f"""
    number | from_number | relation | act_title | act_number
    朝政办发〔2020〕11号 | 朝政办发〔2020〕11号 | basis | {PLAN_NOTICE} | 朝政发〔2019〕3号
    朝政办发〔2020〕11号 | 朝政发〔2019〕3号 | basis | 中华人民共和国水法 |
    朝政办发〔2020〕15号 | 朝政办发〔2020〕15号 | applies | 朝阳区防汛工作方案 |
    朝政办发〔2020〕4号 | 朝政办发〔2020〕4号 | applies | 朝阳区河道管理办法 |
    朝政办发〔2020〕8号 | 朝政办发〔2020〕8号 | applies | {PLAN_NOTICE} | 朝政发〔2019〕3号
    朝政办发〔2020〕8号 | 朝政发〔2019〕3号 | basis | 中华人民共和国水法 |
    朝政发〔2019〕3号 | 朝政发〔2019〕3号 | basis | 中华人民共和国水法 |
    海政发〔2020〕6号 | 海政发〔2020〕6号 | applies | 防汛重点工作安排 |
    """,
    "repeals": """
    number | date | relation | act_title | act_number | act_date | tasks | quote | start
    朝政发〔2021〕2号 | 2021-01-15 | repeals | 朝阳区河道治理行动方案 | 朝政发〔2019〕3号 | 2019-05-10 | 2 | 《朝阳区河道治理行动方案》 | 170
    """,
    "tasks-on-repealed": """
    repealed_number | by_number | since | ground | number | label | text
    朝政发〔2019〕3号 | 朝政发〔2021〕2号 | 2021-01-15 | basis | 朝政办发〔2020〕11号 | 一 | 拨付资金。区财政局牵头，区水务局配合。
    朝政发〔2019〕3号 | 朝政发〔2021〕2号 | 2021-01-15 | applies | 朝政办发〔2020〕8号 | 一 | 建立巡查制度。区水务局牵头，区园林绿化局配合。
    朝政发〔2019〕3号 | 朝政发〔2021〕2号 | 2021-01-15 | applies | 朝政办发〔2020〕8号 | 二 | 公开巡查结果。区政务服务局牵头，区水务局配合。
    朝政发〔2019〕3号 | 朝政发〔2021〕2号 | 2021-01-15 | own | 朝政发〔2019〕3号 | 一 | 清理河道。2019年10月底前清理全部河道。区水务局牵头，区财政局配合。
    朝政发〔2019〕3号 | 朝政发〔2021〕2号 | 2021-01-15 | own | 朝政发〔2019〕3号 | 二 | 整治排口。封堵违法排污口。区生态环境局牵头，区水务局、区城管委配合。
    """,
}
"""The rows over the notices of tests/documents/across, read from their texts."""
