#include <openssl/evp.h>

#include "core/payload/checksum/kinds.h"

namespace sockbench {
namespace {

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

// Without memory, or where the library was told to do without this digest (FIPS), it has no value.
class Digest final : public Checksum {
 public:
  explicit Digest(const EVP_MD* kind) : context_(EVP_MD_CTX_new()) {
    isGood_ = context_ && EVP_DigestInit_ex(context_.get(), kind, nullptr) == 1;
  }

  void update(ByteView bytes) override {
    isGood_ = isGood_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }

  // The end is made on a copy, so that more can come.
  Bytes value() const override {
    const Context copy(EVP_MD_CTX_new());
    if (!isGood_ || !copy || EVP_MD_CTX_copy_ex(copy.get(), context_.get()) != 1) return {};
    Bytes bytes(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    if (EVP_DigestFinal_ex(copy.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size) != 1) return {};
    bytes.resize(size);
    return bytes;
  }

 private:
  Context context_;
  bool isGood_ = false;
};

template <const EVP_MD* (*kind)()>
std::unique_ptr<Checksum> make() {
  return std::make_unique<Digest>(kind());
}

constexpr auto kDigests = std::to_array<PlainRow>({
    {"MD5", {}, 128, "25f9e794323b453885f5181f1b624d0b", make<EVP_md5>},
    {"SHA-1", {}, 160, "f7c3bc1d808e04732adf679965ccc34ca7ae3441", make<EVP_sha1>},
    {"SHA-224", {}, 224, "9b3e61bf29f17c75572fae2e86e17809a4513d07c8a18152acf34521", make<EVP_sha224>},
    {"SHA-256",
     {},
     256,
     "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
     make<EVP_sha256>},
    {"SHA-384",
     {},
     384,
     "eb455d56d2c1a69de64e832011f3393d45f3fa31d6842f21af92d2fe469c499d"
     "a5e3179847334a18479c8d1dedea1be3",
     make<EVP_sha384>},
    {"SHA-512",
     {},
     512,
     "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a"
     "d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
     make<EVP_sha512>},
});

}  // namespace

std::span<const PlainRow> digestRows() {
  return kDigests;
}

}  // namespace sockbench
