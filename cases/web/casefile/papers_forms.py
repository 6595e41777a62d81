"""Forms of the file: an attachment, and the reason for which somebody's identity is looked at."""

from django import forms

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.file_fields import ACCEPTED, LONGEST_NAME, TYPES, FileInput, FilesField


class AttachForm(OfficeForm):
    file = forms.FileField(
        label="文件",
        max_length=LONGEST_NAME,
        help_text=TYPES,
        widget=FileInput(attrs=dict(ACCEPTED)),
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"},
    )


class AttachFilesForm(OfficeForm):
    """附件: the verb judges each file by itself, so that one that is not taken holds up no other."""

    file = FilesField(label="文件", is_needed=True, judges=False)


class TemplateForm(OfficeForm):
    file = forms.FileField(
        label="模板文件",
        max_length=250,
        help_text="Word 文档（.docx），不含宏和外部链接。上传后先检查，检查通过才启用。",
        widget=FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "请选择模板文件。", "empty": "文件是空的，请重新选择。"},
    )
    reason = forms.CharField(label="理由", max_length=200, help_text="例如：按新的文书格式通知")


class WithdrawForm(OfficeForm):
    """停用自备模板。"""

    reason = forms.CharField(label="停用的理由", max_length=200)


class WholeFileForm(OfficeForm):
    in_full = forms.BooleanField(
        label="写明完整身份信息",
        required=False,
        help_text="不勾选时，目录和办理经过中的姓名、证件号码、电话、住址按规定隐去。文书、附件按原件导出。",
    )
    reason = forms.CharField(
        label="事由",
        required=False,
        max_length=200,
        help_text="写明完整身份信息的必须填写。谁在何时因何事导出，均记入查阅日志。",
    )


class IdentityForm(OfficeForm):
    reason = forms.CharField(
        label="查看事由",
        min_length=2,
        max_length=200,
        help_text="例如“电话联系信访人核实情况”。谁在何时因何事查看，均记入查阅日志。",
        error_messages={"required": "请填写查看事由，查看将记入日志。"},
    )


class TakeOverForm(OfficeForm):
    reason = forms.CharField(
        label="接手理由",
        min_length=2,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如“原承办人休假，期限将满”。理由记入办理经过，原承办人可以看到。",
    )
    taken_from = forms.CharField(
        label="原承办人用户名",
        max_length=150,
        widget=forms.HiddenInput,
        help_text="读取事项时的承办人；此后承办人已变动的，不予办理。",
        error_messages={"required": "请刷新页面，核对承办人后再接手。"},
    )
