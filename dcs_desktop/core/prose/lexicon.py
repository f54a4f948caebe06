"""The words by which the free-text check knows what a number counts."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


# What a number stands for, by its first word ("vụ", "hộ") ...
UNITS = _words("""vụ việc hộ người đơn cuộc lớp buổi cái chiếc con cây ha tấn tạ kg km m lít đồng phiếu em lượt xã ấp thôn tổ trường
    trẻ cháu ca mẫu suất phần căn nhà nhóm tin bài đoàn đợt chốt cụm tờ bản giấy phòng cụ phường buôn khóm khu đội
    điểm giờ phút ngày tháng năm lần tuổi máy cặp quyển cuốn bộ thư kỳ xe tàu ao giếng công mét htx tht clb tuyến cầu khoản
    gói ngôi huyện tỉnh""")
# ... or by two, where the first alone would say too little ("đơn" is no "đơn vị").
PAIRED = _phrases("""đơn vị,đồng chí,hội viên,hội nghị,đoàn viên,công trình,công chức,công dân,công nhân,công ty,học sinh,học viên,trường hợp,
    hồ sơ,chi bộ,chi hội,chi đoàn,tổ chức,cán bộ,thành viên,hòa giải,viên chức,nhân khẩu,nhân viên,lao động,dân quân,
    chỉ tiêu,tiêu chí,cơ quan,cơ sở,doanh nghiệp,thủ tục,văn bản,tập thể,cá nhân,cử tri,cửa hàng,đảng viên,đối tượng,
    đại biểu,mô hình,ý kiến,kiến nghị,phản ánh,thanh niên,phụ nữ,giáo viên,dự án,vụ việc,hạng mục,nội dung,đề xuất,
    lượt người,nhà văn,tổ hợp,hợp tác,hộ kinh,tin báo,đơn thư,câu lạc,bệnh nhân,trẻ em,ủy viên,tổ trưởng,nhiệm vụ,
    mục tiêu,giấy tờ,hội đồng,ngày công,phần quà,bản tin,chiến sĩ,bộ đội,tác phẩm,sản phẩm""")
PEOPLE = _phrases("""người,em,trẻ,cháu,cụ,đồng chí,hội viên,đoàn viên,công chức,công dân,công nhân,học sinh,học viên,cán bộ,thành viên,
    hòa giải,viên chức,nhân khẩu,nhân viên,lao động,dân quân,cử tri,đảng viên,đối tượng,đại biểu,thanh niên,phụ nữ,
    giáo viên,bệnh nhân,trẻ em,ủy viên,chiến sĩ,nam,nữ,lượt người""")
# What may be made up of things of other names ("15 đơn vị, gồm 12 xã và 3 thị trấn").
GENERAL = frozenset({"đơn vị", "văn bản", "sản phẩm", "cơ quan", "tổ chức", "tập thể", "giải", "cơ sở"})
SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9}
# Units of clock and calendar, scores, and measures written with a slash.
NOT_COUNTED = frozenset({"giờ", "phút", "giây", "h", "tuổi", "điểm", "mmhg", "ngày", "tháng", "năm", "lần"})

# A small bare number after these names a thing ("ấp 5", "lớp 5/2"), unless a unit follows ("ấp 12 hộ").
NAMING = _words("""điều khoản mục chương phần bảng biểu số lần thứ khóa quý năm tháng ngày kỳ đợt ấp thôn tổ lớp khối đoạn loại hạng kênh
    đường nhóm khu đội phường quận cấp mức mũi ngõ hẻm lô thửa phiên trang tập bậc vùng buôn khóm trạm cầu tuyến mùng vụ
    lộ luật nghị định quyết chỉ tiết sáng chiều tối đêm hôm nhà tờ phòng đề dịp lễ bước nhiệm học""")
# A day and month stand after these ("đến 30/6").
DATED = _words(
    "ngày tháng đến từ trước sau hết vào sáng chiều tối trưa đêm hôm kỳ dịp mùng quý lễ là và lúc khoảng"
)
# A ratio-like writing after these is a name or a scale ("tỷ lệ 1/500", "đường 3/2").
NAMED = NAMING - {"số", "chỉ", "vụ", "cấp", "mức", "học", "loại", "nhóm"}
ABOUT = _words("hơn trên gần khoảng ước dưới chừng xỉ quá đa thiểu nhất độ")
