// The one door to Beast, of which only the parser is used.
#include "web/request_reader.h"

#include <boost/beast/http/basic_parser.hpp>

namespace danchu::web {
namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using ErrorCode = boost::system::error_code;

constexpr std::size_t first_room = 4096;      // many idle connections must stay small
constexpr std::size_t idle_room = 16 * 1024;  // more than this is given back between requests
constexpr std::size_t body_room = 64 * 1024;  // read at once of a long body

// Puts what Beast reads into an HttpRequest.
class Parser final : public http::basic_parser<true> {
 public:
  Parser(HttpRequest& to, std::size_t header_bytes) : to_(to) {
    header_limit(
        static_cast<std::uint32_t>(header_bytes + 1024));  // the reader has looked at the size before
    body_limit(boost::none);
  }
  std::size_t body_bytes = 0;  // allowed for a chunked body

 private:
  void on_request_impl(http::verb, string_view method, string_view target, int version, ErrorCode&) override {
    to_.method.assign(method.data(), method.size());
    to_.target.assign(target.data(), target.size());
    to_.version = version;
  }
  void on_field_impl(http::field, string_view name, string_view value, ErrorCode&) override {
    if (is_header_done()) return;  // a trailer
    to_.add_header({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_chunk_header_impl(std::uint64_t size, string_view, ErrorCode& ec) override {
    if (size > body_bytes - to_.body.size()) ec = http::error::body_limit;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view part, ErrorCode& ec) override {
    if (part.size() > body_bytes - to_.body.size())
      ec = http::error::body_limit;
    else
      to_.body.append(part.data(), part.size());
    return part.size();
  }
  std::size_t on_body_impl(string_view part, ErrorCode&) override { return part.size(); }
  void on_response_impl(int, string_view, int, ErrorCode&) override {}
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  HttpRequest& to_;
};

// Obsolete folding, and line feeds without carriage return, are read differently by different programs.
bool clean_lines(std::string_view header) {
  for (std::size_t i = header.find('\n'); i != header.npos; i = header.find('\n', i + 1)) {
    if (i == 0 || header[i - 1] != '\r') return false;
    if (i + 1 < header.size() && (header[i + 1] == ' ' || header[i + 1] == '\t')) return false;
  }
  return true;
}

}  // namespace

struct RequestReader::Parts {
  std::optional<Parser> parser;  // a new one for each request
};

RequestReader::RequestReader(HttpRequest& request, std::size_t header_bytes)
    : request_(request), header_bytes_(header_bytes), parts_(std::make_unique<Parts>()), in_(first_room) {}
RequestReader::~RequestReader() = default;

void RequestReader::next() {
  request_.clear();
  searched_ = 0;
  status_ = 0;
  if (!empty()) return;
  if (in_.size() > idle_room) std::vector<char>(first_room).swap(in_);
  begin_ = end_ = 0;
}

std::span<char> RequestReader::room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == in_.size()) {
    if (begin_ > 0) {
      std::copy(in_.begin() + static_cast<std::ptrdiff_t>(begin_),
                in_.begin() + static_cast<std::ptrdiff_t>(end_), in_.begin());
      end_ -= begin_;
      begin_ = 0;
    } else {
      in_.resize(in_.size() * 2);
    }
  }
  return std::span(in_).subspan(end_);
}

void RequestReader::arrived(std::size_t bytes) { end_ += bytes; }

Reading RequestReader::refuse(int status) {
  status_ = status;
  return Reading::refused;
}

Reading RequestReader::head() {
  while (searched_ == 0 && held().starts_with("\r\n")) begin_ += 2;  // an empty line left by an old client
  std::size_t at = held().find("\r\n\r\n", searched_);
  if (at != std::string_view::npos) return at + 4 <= header_bytes_ ? parse_head(at + 4) : refuse(431);
  if (held().size() >= header_bytes_) return refuse(431);
  searched_ = held().size() < 3 ? 0 : held().size() - 3;
  return Reading::more;
}

Reading RequestReader::parse_head(std::size_t size) {
  std::string_view text = held().substr(0, size);
  if (!clean_lines(text)) return refuse(400);
  Parser& parser = parts_->parser.emplace(request_, header_bytes_);
  ErrorCode error;
  parser.put(boost::asio::const_buffer(text.data(), text.size()), error);
  begin_ += size;
  if (error == http::error::need_more) error = {};
  if (error == http::error::bad_version) return refuse(505);
  if (error || !parser.is_header_done()) return refuse(400);
  int fault = fault_of_framing();
  return fault ? refuse(fault) : Reading::complete;
}

// RFC 9112, 3.2 and 6.3: one host, and one way to know where the body ends; 0 when that is so.
int RequestReader::fault_of_framing() const {
  if (request_.version >= 11 && request_.count("host") != 1) return 400;
  std::size_t lengths = request_.count("content-length"), encodings = request_.count("transfer-encoding");
  if (lengths > 1) return 400;
  if (encodings == 0) return 0;
  if (lengths > 0 || request_.version < 11) return 400;
  bool only_chunked = encodings == 1 && parts_->parser->chunked() &&
                      request_.header("transfer-encoding").find(',') == std::string_view::npos;
  return only_chunked ? 0 : 501;
}

bool RequestReader::has_body() const {
  return parts_->parser->chunked() || parts_->parser->content_length().value_or(0) > 0;
}

std::uint64_t RequestReader::body_bytes(std::uint64_t if_unknown) const {
  return parts_->parser->content_length().value_or(if_unknown);
}

bool RequestReader::keep_alive() const { return parts_->parser->keep_alive() && request_.version >= 11; }

Reading RequestReader::allow_body(std::size_t limit) {
  if (body_bytes(0) > limit) return refuse(413);
  parts_->parser->body_bytes = limit;
  parts_->parser->eager(parts_->parser->chunked());
  return Reading::more;
}

Reading RequestReader::body() { return parts_->parser->chunked() ? chunked_body() : sized_body(); }

Reading RequestReader::sized_body() {
  std::uint64_t size = body_bytes(0);
  std::size_t n = std::min<std::size_t>(held().size(), size - request_.body.size());
  request_.body.append(held().substr(0, n));
  begin_ += n;
  if (request_.body.size() == size) return Reading::complete;
  if (in_.size() < body_room) in_.resize(body_room);
  return Reading::more;
}

Reading RequestReader::chunked_body() {
  Parser& parser = *parts_->parser;
  for (;;) {
    ErrorCode error;
    std::size_t used =
        empty() ? 0 : parser.put(boost::asio::const_buffer(held().data(), held().size()), error);
    begin_ += used;
    if (error == http::error::body_limit) return refuse(413);
    if (error && error != http::error::need_more) return refuse(400);
    if (parser.is_done()) return Reading::complete;
    if (used > 0 && !error && !empty()) continue;
    if (held().size() >= header_bytes_) return refuse(400);  // a chunk line without end
    return Reading::more;
  }
}

}  // namespace danchu::web
