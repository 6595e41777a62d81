"""Parts of the machine that are asked for their health, and what an office has of the system while one is away."""

from collections.abc import Mapping

from binzhou_xinfang import health
from binzhou_xinfang.health import Part


def of_the_machine() -> Mapping[str, Part]:
    """List the parts that everything stands on."""
    return {
        "database": Part(health.check_database, "数据库", "页面和接口暂时打不开，恢复后自动可用"),
        "redis": Part(
            health.check_redis, "缓存和任务队列",
            "网页照常登录、查阅和办理，由数据库代为支撑；提醒、通知和文书成文等后台任务在等候，恢复后自动补做",
        ),
        "beat": Part(
            health.check_beat, "定时器和后台任务", "网页照常办理；期限巡查、通知和文书成文在等候，恢复后自动补做"
        ),
        "programs": Part(health.check_programs, "系统各进程", "停止的进程会自动重新启动；反复退出时请查看运行日志"),
        "disk": Part(health.check_disk, "磁盘空间", "附件暂时不能上传，登记和办理照常；请清理磁盘"),
    }  # fmt: skip
