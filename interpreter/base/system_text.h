// Why the system refused a file, in both tongues. English is the system's own; what usually goes
// wrong has Chinese words, anything else is quoted.
#pragma once

#include <cerrno>
#include <cstring>

#include "base/bilingual.h"

namespace juzhu {

/// `code` is an errno.
inline Bilingual system_text(int code) {
  const std::string system = std::strerror(code);
  switch (code) {
    case ENOENT:
      return {system, "没有这个文件或文件夹"};
    case EACCES:
    case EPERM:
      return {system, "没有权限"};
    case EISDIR:
      return {system, "它是文件夹"};
    case ENOTDIR:
      return {system, "路径中有一段不是文件夹"};
    case ENOSPC:
    case EDQUOT:
      return {system, "磁盘空间不足"};
    case EROFS:
      return {system, "磁盘只读"};
    case ENAMETOOLONG:
      return {system, "名称过长"};
    case EMFILE:
    case ENFILE:
      return {system, "打开的文件过多"};
    case EIO:
      return {system, "读写出错"};
    case EEXIST:
      return {system, "已经存在"};
    case EPIPE:
      return {system, "接收方已关闭"};
    default:  // the system's codes are no kinds of ours
      return {system, "系统报错“" + system + "”"};
  }
}

}  // namespace juzhu
