"""Provisions of the 条例 that put a duty on somebody (reference §1), each with the tests that hold the product to it.

`python -m tests.articles` writes docs/articles.md; tests/test_articles.py holds this table and that page together.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.provisions import WITHOUT, provisions_in

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "articles.md"


@dataclass(frozen=True)
class Held:
    """One duty: `tests` as path::name below tests/; `partly`: what is not there yet, and why."""

    article: str
    duty: str
    tests: tuple[str, ...]
    partly: str = ""


_ENGINE = "cases/core/test_engine.py::"
_SEALED = "cases/core/test_sealed.py::"
_QUERIES = "cases/core/test_queries.py::"
_ENDS = "cases/procedure/test_ends.py::"
_REGISTRATION = "cases/window/test_registration.py::"
_WINDOW = "cases/window/test_register_page.py::"
_PANEL = "cases/window/test_person_panel.py::"
_WAYS = "supervision/causes/test_ways.py::"
_CAUSES = "supervision/causes/test_letters.py::"
_EVALUATION = "cases/evaluation/test_evaluation.py::"
_UNWATCHED = "lives/test_unwatched.py::"
_GROUNDS = "lives/test_grounds.py::"
_LATE = "lives/test_late.py::"
_URGENT = "lives/test_urgent.py::"
_WAY = "lives/test_ways.py::"
_BESIDE = "lives/test_logbook.py::"
_LATER = "lives/test_sealed_later.py::"
_HAND_OVER = "lives/test_hand_over.py::"
_THIRD = "lives/test_third_look.py::"
_PARAGRAPHS = "lives/test_paragraphs.py::"
_ANNUAL = "supervision/figures/test_annual.py::"
_MOVES = "cases/procedure/test_every_move.py::test_a_move"

HELD: tuple[Held, ...] = (
    Held("第五条第三项", "属地管理、分级负责，谁主管、谁负责：转送要有管辖依据", (
        f"{_ENGINE}test_a_place_and_the_own_office_are_no_destination", "lives/test_dispute.py::"
        "test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court",
    )),
    Held("第十三条第一款、第二款", "信访工作联席会议统筹协调", (
        "lives/test_dispute.py::test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court",
        f"{_WAYS}test_the_head_of_the_office_puts_on_the_board",
    ), "管辖争议、会商、挂牌督办已有；会议的议题、议定事项和跟踪见第17号事项"),
    Held("第十四条第一款第一项", "受理、转送、交办信访事项", (
        f"{_ENGINE}test_the_straight_road_ends_closed_with_every_clock_right",
        f"{_ENGINE}test_an_assigned_matter_owes_a_closing_report_which_meets_its_clock",
    )),
    Held("第十四条第一款第三项", "督促检查重要信访事项的处理和落实", (
        f"{_CAUSES}test_a_duty_that_lapses_opens_one_letter_with_its_facts",
        "supervision/inspections/test_api.py::test_a_program_keeps_an_inspection_and_is_told_what_follows",
    )),
    Held("第十四条第一款第二项", "协调解决重要信访问题", (
        "lives/test_dispute.py::test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court",
        f"{_WAYS}test_a_matter_stands_on_the_board_until_it_is_put_right",
    ), "管辖争议、协办、会商、挂牌督办已有；联席会议的议定事项见第17号事项"),
    Held("第十四条第一款第四项", "综合反映信访信息，分析研判", (
        "supervision/figures/test_tiles.py::test_every_figure_opens_exactly_its_list",
    ), "督办数据已有；领导首页、专题分析见第18号事项"),
    Held("第十四条第一款第六项", "提出改进工作、完善政策和追究责任的建议", (
        "supervision/causes/test_api.py::test_a_proposal_is_drafted_for_a_body_that_is_named",
        f"{_CAUSES}test_a_letter_that_is_not_answered_opens_the_proposal_of_accountability",
    )),
    Held("第十五条第一款、第三款", "其他机关、单位做好职责范围内的信访工作；乡镇、村（社区）就地化解", (
        "lives/test_levels.py::test_a_department_that_passed_down_what_was_referred_goes_on_with_it_after_an_objection",
    ), "部门、乡镇受理办理已有；社会力量参与见第15号事项"),
    Held("第十六条第一款", "信访督查专员", (
        "access/test_law.py::test_an_inspector_reads_what_has_lapsed_in_the_area",
        f"{_WAYS}test_an_inspector_reads_a_matter_from_when_it_is_supervised",
    )),
    Held("第十七条第一款", "信息网络、书信、电话、传真、走访等形式", (
        f"{_WINDOW}test_an_ordinary_visit_is_registered_and_leads_to_its_receipt",
        "cases/window/test_entries.py::test_is_asked_at_the_window",
    )),
    Held("第十八条第一款", "公布渠道、时间、查询方式和处理程序", (
        "cases/casefile/charts/test_charts.py::test_the_wall_chart_names_every_move_of_the_table",
    ), "流程图、责任图、时限图可以打印张贴；对外公布页面见第16号事项"),
    Held("第十八条第二款", "领导干部阅办来信、接访、下访、包案", (
        f"{_WAYS}test_a_cause_brought_up_by_hand_waits_for_somebody_to_act",
    ), "督办、约谈、下访督办已有；领导阅信、接访、包案见第16、17号事项"),
    Held("第十九条第一款", "载明姓名、住址和请求、事实、理由；口头提出的如实记录", (
        f"{_WINDOW}test_what_is_refused_stands_at_its_field_and_nothing_is_saved",
        f"{_WINDOW}test_an_anonymous_letter_needs_neither_name_nor_telephone",
        "cases/window/test_entries.py::test_is_printed_on_the_numbered_form",
    )),
    Held("第十九条第三款", "规定期限内又向上级提出同一事项的，上级不予受理", (
        f"{_PANEL}test_what_agrees_makes_it_likely_the_same_and_gives_it_the_key", _MOVES,
    )),
    Held("第二十条第一款、第四款", "走访到有权处理的本级或者上一级接待场所；引导就地反映", (
        f"{_PARAGRAPHS}test_a_visit_to_too_high_a_level_is_told_where_to_go",
    )),
    Held("第二十条第二款", "走访提出涉及诉讼权利救济的，引导向有关政法部门提出", (
        f"{_WAY}test_a_visit_about_litigation_is_guided_on_the_spot",
    )),
    Held("第二十条第三款", "多人走访推选代表，不超过5人", (
        f"{_WINDOW}test_a_group_visit_is_registered_with_five_representatives",
        f"{_REGISTRATION}test_five_representatives_are_accepted",
        "cases/core/test_clocks_by_settings.py::test_how_many_representatives_may_speak_is_set_by_the_office",
    )),
    Held("第二十一条第二款", "及时录入信访信息系统，信访人可以查询、评价", (
        "cases/test_api.py::test_a_registration_answers_number_query_code_and_clocks",
        f"{_EVALUATION}test_the_window_opens_at_the_delivery_and_orders_no_list",
        f"{_EVALUATION}test_the_petitioner_needs_no_clerk",
    ), "窗口登记查询码和评价已有；信访人手机查询见第16号事项"),
    Held("第二十二条第一款", "登记，并在15日内分别处理", (
        f"{_ENGINE}test_registration_starts_the_fifteen_days_of_the_office",
        f"{_REGISTRATION}test_a_late_registration_counts_from_the_day_of_arrival",
        "statute/test_worked_examples.py::test_a_worked_example_of_the_reference",
    )),
    Held("第二十二条第一款第一项", "属于本级的，转送有权处理的机关、单位；重大、紧急的报请党委和政府决定", (
        f"{_PARAGRAPHS}test_the_office_passes_on_to_its_own_level_and_to_the_levels_below",
        f"{_URGENT}test_urgent_at_the_registration_is_owed_to_everybody_at_once",
    )),
    Held("第二十二条第一款第二项", "涉及下级的，按属地管理、分级负责转送", (
        f"{_PARAGRAPHS}test_the_office_passes_on_to_its_own_level_and_to_the_levels_below",
        "lives/test_slips_below.py::test_a_body_passes_down_to_who_it_guides_at_a_lower_level",
    )),
    Held("第二十二条第一款第三项", "交办：指定办理期限，提交办结报告", (
        f"{_ENGINE}test_an_assigned_matter_owes_a_closing_report_which_meets_its_clock",
        "lives/test_levels.py::test_extension_and_report_of_an_assigned_matter_go_to_the_assigner_through_two_levels",
        f"{_THIRD}test_a_unit_that_declines_what_was_assigned_reports_the_end_to_the_assigner",
    )),
    Held("第二十一条第二款", "录入有误的更正、补充，编号不重用", (
        "lives/test_corrections.py::"
        "test_a_day_that_was_written_down_wrongly_is_put_right_and_the_15_days_with_it",
        "lives/test_corrections.py::test_a_double_entry_is_void_keeps_its_number_and_is_counted_nowhere",
    )),
    Held("第二十二条第二款", "检举控告按照管理权限转送纪检监察机关", (
        "lives/test_sealed.py::test_a_report_runs_its_road_and_is_known_to_nobody_who_is_not_named",
    )),
    Held("第二十二条第二款", "涉法涉诉信件转送同级政法部门", (
        f"{_WAY}test_a_letter_about_litigation_goes_to_the_justice_organ_of_the_level_and_nowhere_else",
    )),
    Held("第二十二条第二款", "走访反映涉诉问题的，释法明理，引导向政法部门反映", (
        f"{_WAY}test_a_visit_about_litigation_is_guided_on_the_spot",
    )),
    Held("第二十三条第一款", "直接收到、属于本机关职权的：登记，告知接收情况以及处理途径和程序", (
        f"{_PARAGRAPHS}test_who_brought_it_to_the_unit_itself_is_told_in_fifteen_days",
        "lives/test_not_alone.py::"
        "test_the_head_of_the_unit_complained_of_ends_nothing_and_the_office_above_decides",
    )),
    Held("第二十三条第一款", "属于本系统下级职权的：转送、交办并告知去向", (
        f"{_WAY}test_a_body_passes_what_was_brought_to_it_on_to_those_below_it",
    )),
    Held("第二十三条第一款", "不属于本系统职权的：告知向有权处理的机关、单位提出", (
        f"{_WAY}test_a_body_to_which_another_s_matter_is_brought_tells_the_petitioner_where_to_go",
    )),
    Held("第二十三条第二款", "直接收到的15日内书面告知；姓名（名称）、住址不清的除外", (
        f"{_PARAGRAPHS}test_who_brought_it_to_the_unit_itself_is_told_in_fifteen_days",
        f"{_PARAGRAPHS}test_who_gave_neither_name_nor_address_is_told_nothing",
        f"{_ENGINE}test_nobody_writes_to_an_anonymous_petitioner",
    )),
    Held("第二十三条第三款", "收到转送、交办后15日内书面告知", (
        "cases/core/test_numbers_and_masks_as_set.py::"
        "test_without_a_setting_the_days_of_the_unit_count_from_the_arrival",
        "letters/test_issuing.py::test_the_acceptance_notice_says_what_the_statute_asks",
    )),
    Held("第二十三条第三款", "5个工作日内提出异议，经核实同意后交还", (
        f"{_ENGINE}test_an_objection_is_in_time_until_the_fifth_working_day",
        f"{_ENGINE}test_an_agreed_objection_returns_the_matter_with_the_first_due_day",
        f"{_ENGINE}test_a_second_objection_is_refused",
        f"{_UNWATCHED}test_an_objection_that_nobody_checks_is_told_to_the_office_and_writes_no_letter",
        "lives/test_levels.py::"
        "test_an_objection_from_below_comes_back_to_each_who_passed_it_down_and_no_day_is_gained",
    )),
    Held("第二十三条第四款", "政法、纪检监察机关的告知按照有关规定执行", (
        f"{_WAY}test_the_organ_of_discipline_objects_without_our_five_days",
    )),
    Held("第二十四条第一款", "协商受理；争议由共同的上一级或者联席会议决定", (
        "lives/test_dispute.py::test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court",
        f"{_THIRD}test_a_second_dispute_gives_nobody_a_second_period",
    )),
    Held("第二十四条第二款", "分立、合并、撤销的，由继续行使其职权的受理", (
        f"{_HAND_OVER}test_a_merged_body_s_matters_go_on_at_its_successor_with_their_days",
        f"{_HAND_OVER}test_a_split_divides_the_matters_by_topic_and_by_number",
        f"{_HAND_OVER}test_reports_go_over_without_being_shown_to_whoever_may_not_see_them",
    )),
    Held("第二十五条第一款", "重大、紧急事项及时报告本级党委和政府，通报主管部门和联席会议办公室", (
        f"{_URGENT}test_every_body_is_told_or_owed_by_name",
        f"{_URGENT}test_leader_duty_head_and_unit_head_are_rung_at_night_on_a_holiday",
        f"{_URGENT}test_what_is_not_told_in_its_hours_lapses_and_is_told_on",
    )),
    Held("第二十五条第二款", "信访部门同时报告上一级信访部门和国家信访局", (
        f"{_URGENT}test_a_unit_owes_three_and_the_petition_office_the_ones_above_too",
    )),
    Held("第二十六条第一项至第六项、第四十七条第一款", "信访秩序：劝阻、批评、教育，记录在案", (
        f"{_BESIDE}test_conduct_is_recorded_with_kind_place_persons_and_response",
        f"{_BESIDE}test_a_slip_is_put_right_by_another_entry_and_both_stay",
    )),
    Held("第二十七条", "三到位一处理", (
        f"{_ENGINE}test_closing_asks_for_an_outcome",
        "supervision/inspections/test_api.py::test_a_program_keeps_an_inspection_and_is_told_what_follows",
    )),
    Held("第二十八条第一款", "不得推诿、敷衍、拖延：逾期的写明原因，逾期照记", (
        f"{_LATE}test_who_passes_on_after_the_fifteen_days_says_why",
        f"{_LATE}test_a_unit_that_accepts_late_says_why_and_in_time_nothing",
        f"{_CAUSES}test_a_duty_that_lapses_opens_one_letter_with_its_facts",
    )),
    Held("第二十八条第三款", "有直接利害关系的应当回避", (
        "cases/casefile/test_annexes.py::test_a_recusal_is_told_to_the_unit_that_works_on_the_matter_alone",
        "cases/procedure/test_opinion_above.py::test_a_reviewer_withdraws_and_a_colleague_decides",
        f"{_EVALUATION}test_who_has_withdrawn_from_the_matter_does_not_ask_back",
    )),
    Held("第二十九条第一款", "建议意见：研究论证，采纳的予以回复", (
        f"{_EVALUATION}test_every_answer_opens_the_window",
        "lives/test_revoking.py::test_an_own_way_says_its_way_and_is_answered_by_letter",
    )),
    Held("第二十九条第二款", "有贡献的按照有关规定给予奖励", (_MOVES,), "记录是否已奖励；奖励由有关规定办理"),
    Held("第二十八条第二款", "诉讼与信访分离", (
        f"{_WAY}test_a_lawsuit_learned_of_in_the_handling_leads_it_out",
        f"{_WAY}test_leading_out_is_decided_by_the_head_alone",
        f"{_THIRD}test_what_was_assigned_and_is_led_out_is_reported_and_the_first_notice_is_taken_back",
        f"{_THIRD}test_what_the_court_does_not_take_comes_back_by_its_paper",
    )),
    Held("第三十条第一款", "检举控告依规依纪依法接收、受理、办理和反馈", (
        "lives/test_sealed.py::test_a_report_runs_its_road_and_is_known_to_nobody_who_is_not_named",
    )),
    Held("第三十条第二款", "向组织（人事）部门通报反映干部问题的信访情况", (
        f"{_BESIDE}test_the_personnel_body_is_told_of_a_sealed_matter_by_its_named_head",
    )),
    Held("第三十条第三款", "检举揭发材料不得透露、转给被检举的人员、单位", (
        f"{_SEALED}test_who_took_it_in_sees_it_until_it_is_handed_over",
        f"{_LATER}test_of_a_matter_sealed_late_nothing_is_left_for_who_knew_it",
        f"{_LATER}test_a_report_against_the_office_goes_to_the_organ_of_discipline_by_being_registered",
        "access/test_law.py::test_a_report_that_was_handed_over_is_read_by_the_channel_and_the_named_person_alone",
    )),
    Held("第三十一条第一项", "诉讼、复议、检察、公安法律程序处理的，按其程序处理", (
        f"{_PARAGRAPHS}test_each_of_the_four_ways_is_led_to_its_procedure_by_its_item",
        f"{_WAY}test_a_lawsuit_learned_of_in_the_handling_leads_it_out",
    )),
    Held("第三十一条第二项", "通过仲裁解决的，导入", (
        f"{_PARAGRAPHS}test_each_of_the_four_ways_is_led_to_its_procedure_by_its_item",
    )),
    Held("第三十一条第三项", "党员申诉、申请复审，导入", (
        f"{_PARAGRAPHS}test_each_of_the_four_ways_is_led_to_its_procedure_by_its_item",
    )),
    Held("第三十一条第四项", "行政复议、裁决、确认、许可、处罚等行政程序，导入", (
        f"{_PARAGRAPHS}test_each_of_the_four_ways_is_led_to_its_procedure_by_its_item",
        f"{_WAY}test_the_table_is_offered_at_the_triage_by_its_content",
        f"{_WAY}test_the_guide_is_printed_for_the_table_a_content_and_a_procedure",
    )),
    Held("第三十一条第五项", "申请履行职责的，依法履行或者答复", (
        "lives/test_revoking.py::test_an_own_way_says_its_way_and_is_answered_by_letter",
        f"{_WAY}test_a_claim_that_proves_a_duty_of_the_unit_goes_on_with_the_days_of_its_first_notice",
    )),
    Held("第三十一条第六项", "听取陈述、调查核实、出具信访处理意见书", (
        "cases/procedure/test_heard.py::test_no_opinion_is_signed_where_nobody_has_heard_the_petitioner",
        f"{_ENGINE}test_a_draft_that_leaves_a_request_unanswered_is_refused",
        f"{_ENGINE}test_who_drafts_an_opinion_neither_checks_nor_signs_it",
        "letters/test_issuing.py::test_the_opinion_has_its_parts_and_answers_every_request",
    )),
    Held("第三十一条第六项", "重大、复杂、疑难的可以举行听证", (
        "hearings/test_notice_day.py::test_the_latest_day_of_delivery_is_told_with_its_steps",
        "cases/core/test_days_of_acts.py::test_a_hearing_is_not_put_off_beyond_the_sixty_days",
    ), "决定、专家抽取和公示、通知、笔录和报告已有；听证会的参加人、陈述质证的逐步记录、评议见第15号事项"),
    Held("第三十二条第一款第一项至第三项", "意见书载明诉求、事实理由、处理意见和依据；予以支持、解释说明、不予支持", (
        "letters/test_issuing.py::test_the_opinion_has_its_parts_and_answers_every_request",
        f"{_PARAGRAPHS}test_each_of_the_three_answers_stands_in_the_opinion_and_support_alone_is_owed",
    )),
    Held("第三十二条第二款", "支持的督促执行", (
        f"{_ENDS}test_what_was_supported_is_owed_when_the_recheck_upholds_it",
        f"{_ENDS}test_a_matter_that_owes_an_execution_is_not_ended_by_hand",
        f"{_ENDS}test_urging_again_gives_no_new_period",
        f"{_UNWATCHED}test_a_supported_request_that_nobody_orders_is_urged_over_spring_festival",
    )),
    Held("第三十三条", "调解、和解，制作协议书", (
        "lives/test_dispute.py::test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court",
    )),
    Held("第三十四条", "60日内办结；经负责人批准延长不超过30日，一次，告知理由", (
        "lives/test_serving.py::"
        "test_notices_of_a_life_over_national_day_have_their_records_and_move_no_clock",
        f"{_ENGINE}test_an_approved_extension_moves_the_due_day_from_the_unrolled_day",
        f"{_ENGINE}test_a_matter_is_extended_once", f"{_ENGINE}test_who_asks_for_an_extension_does_not_approve_it",
        f"{_LATE}test_an_extension_that_is_approved_after_the_last_day_says_why_and_the_lapse_stays",
        f"{_LATE}test_the_assigners_word_moves_its_own_period_with_the_sixty_days",
        "lives/test_extension.py::"
        "test_an_assigned_matter_is_extended_with_the_assigner_s_consent_and_reported_on",
    )),
    Held("第三十五条", "收到书面答复起30日内请求复查；收到请求起30日内提出复查意见", (
        f"{_ENGINE}test_delivery_lies_between_the_signature_and_today",
        f"{_UNWATCHED}test_an_opinion_that_was_signed_in_time_and_kept_back_is_late",
        f"{_GROUNDS}test_a_withdrawal_after_the_delivery_leaves_the_right_to_a_review_alone",
        f"{_GROUNDS}test_an_heir_takes_up_the_right_after_the_closing_and_none_that_has_ended",
        "lives/test_review.py::test_a_revoked_opinion_is_done_again_upheld_rechecked_with_a_hearing_and_ended",
    )),
    Held("第三十六条第一款", "30日内请求复核；收到请求起30日内提出复核意见", (
        "lives/test_review.py::test_a_revoked_opinion_is_done_again_upheld_rechecked_with_a_hearing_and_ended",
    )),
    Held("第三十六条第二款", "复核可以听证，所需时间不计算在内；经过听证的可以公示", (
        "cases/procedure/test_hearing_above.py::test_a_hearing_that_did_not_take_place_lets_the_recheck_go_on",
        "cases/procedure/test_hearing_above.py::test_what_was_not_heard_is_not_published",
        f"{_UNWATCHED}"
        "test_a_hearing_above_that_is_called_and_never_held_does_not_hide_behind_the_clock_that_stands_still",
    )),
    Held("第三十六条第三款", "复核后以同一事实和理由提出的，不再受理", (
        f"{_ENDS}test_a_recheck_bars_by_the_national_rule",
        f"{_ENDS}test_what_has_not_come_to_the_end_of_its_road_bars_nothing",
    )),
    Held("第三十七条第一款", "人民调解、行政调解、司法调解联动", (
        "lives/test_dispute.py::test_a_dispute_of_two_units_is_decided_then_mediated_with_thirty_days_for_the_court",
        "hearings/mediation/test_results.py::test_the_court_is_asked_within_thirty_days_of_the_effect",
    ), "调解点、调解员、委派、调解记录、协议和司法确认已有；评理、心理疏导等见第15号事项"),
    Held("第三十七条第二款", "生活困难的告知、帮助申请社会救助、司法救助", (
        f"{_BESIDE}test_aid_is_followed_from_the_application_to_its_result",
    )),
    Held("第三十七条第三款", "复查复核、依法终结后的疏导教育、矛盾化解、帮扶救助", (
        f"{_BESIDE}test_after_the_recheck_a_visit_is_due_and_reminded_of",
    )),
    Held("第三十八条第二款", "专项督查，反馈问题", (
        "supervision/inspections/test_api.py::test_a_program_keeps_an_inspection_and_is_told_what_follows",
    ), "一案双督三查已有；巡回督导见第17号事项"),
    Held("第三十九条第一款", "每年考核", (
        "supervision/figures/test_tiles.py::test_every_figure_opens_exactly_its_list",
    ), "考核所用的率和分母已有；督考打分见第17号事项"),
    Held("第三十九条第三款", "约谈、通报、挂牌督办，责令限期整改", (
        f"{_WAYS}test_what_was_found_is_to_be_put_right_by_the_day_set",
        f"{_WAYS}test_a_matter_stands_on_the_board_until_it_is_put_right",
        "supervision/circulars/test_circulars.py::test_the_head_signs_it_with_number_and_hash",
    )),
    Held("第四十条第一款", "违反规定、推诿拖延、拒不执行的及时督办", (
        f"{_CAUSES}test_a_duty_that_lapses_opens_one_letter_with_its_facts",
        "supervision/causes/test_triggers.py::test_an_opinion_that_is_not_executed_in_time_says_so",
        f"{_THIRD}test_what_proves_to_have_been_done_in_time_is_urged_no_longer",
    )),
    Held("第四十条第二款", "政策性问题向本级党委和政府报告，提出完善政策的建议", (
        "supervision/causes/test_receivers.py::"
        "test_a_proposal_on_policy_goes_to_the_committee_or_government_of_the_level",
    )),
    Held("第四十条第三款", "造成严重后果的提出追究责任的建议", (
        f"{_CAUSES}test_the_proposal_of_accountability_tells_of_the_letters_before_it",
    )),
    Held("第四十条第四款", "书面反馈采纳情况", (
        f"{_CAUSES}test_an_answer_is_in_time_until_its_last_day", f"{_CAUSES}test_an_accepted_answer_settles_it",
    )),
    Held("第四十一条第一款第一项", "年度报告：数据统计、涉及领域、被投诉较多的机关", (
        f"{_ANNUAL}test_visits_are_told_by_times_and_people_beside_the_year_before",
        f"{_ANNUAL}test_the_organs_complained_of_are_not_those_that_handle",
        "supervision/figures/test_table.py::test_the_annual_report_tells_what_sql_counts",
    ), "数据和代拟稿已有；报告的审签、报送见第18号事项"),
    Held("第四十一条第一款第二项", "年度报告：转送、交办、督办情况", (
        f"{_ANNUAL}test_the_parts_that_are_counted",
    )),
    Held("第四十一条第一款第三项", "年度报告：三项建议以及被采纳情况", (
        "supervision/figures/test_proposals.py::test_the_year_tells_what_became_of_its_proposals",
    )),
    Held("第四十一条第一款第四项", "年度报告：其他应当报告的事项", (
        f"{_ANNUAL}test_the_report_is_a_draft_with_what_the_house_knows",
    )),
    Held("第四十三条", "应当登记、转送、交办而未按照规定办理的查明责任", (
        "cases/watch/test_sweep.py::test_a_clock_lapses_on_the_day_after_its_last",
        f"{_LATE}test_who_passes_on_after_the_fifteen_days_says_why",
    )),
    Held("第四十四条第一项", "对收到的信访事项不按照规定登记", (
        f"{_REGISTRATION}test_a_late_registration_counts_from_the_day_of_arrival",
    )),
    Held("第四十四条第二项", "对属于职权范围的不予受理", (
        f"{_WAY}test_the_petition_office_and_a_unit_that_was_sent_it_do_not_decline_what_is_not_theirs",
    )),
    Held("第四十四条第三项", "未在规定期限内书面告知是否受理", (
        f"{_PARAGRAPHS}test_what_is_not_told_in_time_is_urged",
        f"{_LATE}test_a_unit_that_accepts_late_says_why_and_in_time_nothing",
    )),
    Held("第四十五条第一项", "推诿、敷衍、拖延或者未在规定期限内办结", (
        "cases/watch/test_sweep.py::test_what_lapsed_late_keeps_its_lapse_when_it_is_done_at_last",
        f"{_CAUSES}test_a_duty_that_lapses_opens_one_letter_with_its_facts",
    )),
    Held("第四十五条第二项", "应当支持的投诉请求未予支持：复查、复核撤销或者变更", (
        f"{_ENDS}test_a_rejected_request_that_the_review_grants_is_owed",
    )),
    Held("第四十五条第三项", "对建议重视不够、落实不力", (
        "supervision/figures/test_proposals.py::test_a_proposal_is_late_after_its_last_day",
    )),
    Held("第四十六条第四项", "重大、紧急事项隐瞒、谎报、缓报", (
        f"{_URGENT}test_what_is_not_told_in_its_hours_lapses_and_is_told_on",
    )),
    Held("第四十六条第五项", "不得将检举、揭发材料透露给被检举的人员、单位", (
        f"{_QUERIES}test_a_sealed_report_handed_over_is_seen_by_discipline_and_named_persons_alone",
        f"{_SEALED}test_every_look_at_a_report_is_logged_by_whom",
    )),
)  # fmt: skip


def page() -> str:
    """Write the table as a page for readers."""
    rows = []
    # In the order of the 条例, whatever was found later; rows of one article stay as they are told.
    for held in sorted(HELD, key=lambda held: min(provisions_in(held.article))):
        tests = "<br>".join(f"`{test.replace('::', ' ')}`" for test in held.tests)
        rows.append(f"| {held.article} | {held.duty} | {f'部分：{held.partly}' if held.partly else '有'} | {tests} |")
    head = (
        "# Articles with a duty, and the tests that hold us to them\n\n"
        "Written by `python -m tests.articles` from its table; the duties are those of the reference, §1.\n\n"
        "| 条 | 职责 | 本系统 | 测试（tests/） |\n|---|---|---|---|\n"
    )
    without = "\n".join(f"| {text} | {why} |" for text, why in WITHOUT.items())
    foot = f"\n\n## Provisions that no test of ours could hold\n\n| 条 | 理由 |\n|---|---|\n{without}\n"
    return head + "\n".join(rows) + foot


if __name__ == "__main__":
    PAGE.write_text(page())
