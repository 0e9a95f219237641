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
